// Hears what a person would never see: console errors, page errors, failed requests, bad answers.
import type { BrowserContext, Page, Request } from "@playwright/test";

/** Warnings of the browser itself about how soon a preloaded file was used: a matter of load, not of ours. */
const HARMLESS_WARNINGS = [/was preloaded using link preload but not used within a few seconds/];

export class Watch {
  private readonly heard: string[] = [];
  private readonly expected: RegExp[] = [];
  /** How often the page had begun to go elsewhere when a request started. */
  private readonly journeyOf = new WeakMap<Request, number>();
  private readonly journeys = new WeakMap<Page, number>();

  constructor(context: BrowserContext, scripts: boolean) {
    context.on("page", (page) => {
      page.on("pageerror", (error) => this.heard.push(`page error: ${error.message}`));
      page.on("crash", () => this.heard.push("the page crashed"));
    });
    context.on("console", (message) => {
      const kind = message.type();
      const text = message.text();
      const harmless = kind === "warning" && HARMLESS_WARNINGS.some((one) => one.test(text));
      if ((kind === "error" || kind === "warning") && !harmless) {
        this.heard.push(`console ${kind}: ${text} (${message.location().url})`);
      }
    });
    context.on("request", (request) => {
      const page = pageOf(request);
      if (page !== undefined) {
        const begun = (this.journeys.get(page) ?? 0) + (request.isNavigationRequest() ? 1 : 0);
        this.journeys.set(page, begun);
        this.journeyOf.set(request, begun);
      }
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "unknown";
      const icon = new URL(request.url()).pathname === "/favicon.svg";
      // Chromium gives up a tab's icon by itself when the tab moves on.
      if (why === "net::ERR_ABORTED" && (icon || this.leftBehind(request))) {
        return;
      }
      // With scripts switched off Chromium refuses a script's preload and calls that a matter of policy.
      if (!scripts && why === "csp" && new URL(request.url()).pathname.endsWith(".js")) {
        return;
      }
      this.heard.push(`request failed: ${request.method()} ${request.url()}: ${why}`);
    });
    context.on("response", (response) => {
      const status = response.status();
      const document = response.request().isNavigationRequest();
      if (status >= 500 || (status >= 400 && !document)) {
        this.heard.push(`response ${status}: ${response.request().method()} ${response.url()}`);
      }
    });
  }

  /** Complaints that a test provokes on purpose. */
  expectErrors(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  problems(): string[] {
    return this.heard.filter((one) => !this.expected.some((pattern) => pattern.test(one)));
  }

  /** Going to another page cancels what the last one was still loading; so does closing it. */
  private leftBehind(request: Request): boolean {
    const page = pageOf(request);
    return page === undefined || page.isClosed() || this.journeys.get(page) !== this.journeyOf.get(request);
  }
}

function pageOf(request: Request): Page | undefined {
  try {
    return request.frame().page();
  } catch {
    // Requests of workers, and navigations that have no frame yet.
    return undefined;
  }
}
