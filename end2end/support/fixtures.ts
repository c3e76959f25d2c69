// What every browser test gets: a server, people with accounts, and a watch over everything that goes wrong unseen.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { randomBytes, randomInt } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkFromMail } from "./mail.ts";
import { inventedAuthor, inventedName, type InventedAuthor } from "./records.ts";
import { seedRecords, Server } from "./server.ts";
import { Watch } from "./watch.ts";

export { expect };
export { inventedName };

/** Someone with an account. */
export interface Person {
  name: string;
  email: string;
  password: string;
}

/** The real author of the seed records, or nothing where these are absent. */
export const seedAuthor = existsSync(seedRecords) ? "Cho-Jui Hsieh" : undefined;

/** An address of the range that RFC 2544 sets aside for tests. */
function testAddress(): string {
  return `198.${randomInt(18, 20)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

export function newPerson(): Person {
  const { given, family, full } = inventedName();
  const tag = randomBytes(3).toString("hex");
  return {
    name: full,
    email: `${given}.${family}.${tag}@university.example`.toLowerCase(),
    password: `${family}-reads-${tag}-at-dawn`,
  };
}

export class World {
  constructor(readonly server: Server) {}

  createAccount(options: { verified?: boolean; moderator?: boolean } = {}): Person {
    const person = newPerson();
    const args = ["admin", "create-account", "--email", person.email, "--name", person.name, "--password-stdin"];
    if (options.verified !== false) {
      args.push("--verified");
    }
    this.server.run(args, `${person.password}\n`);
    if (options.moderator === true) {
      this.server.run(["admin", "grant-moderator", "--email", person.email]);
    }
    return person;
  }

  /** Imports a new invented author with seven works. */
  importAuthor(): InventedAuthor {
    const author = inventedAuthor();
    const file = join(this.server.data, `${randomBytes(6).toString("hex")}.csl.json`);
    writeFileSync(file, author.csl);
    this.server.run(["import", "csl-json", file]);
    return author;
  }

  /** Path and query of the link that a mail to this person brings. */
  async linkFromMail(person: Person, path: string): Promise<string> {
    return linkFromMail(join(this.server.data, "mail"), person.email, path);
  }
}

/** A browser window of one visitor; every action waits until the page answers in place. */
export class Visitor {
  constructor(
    readonly page: Page,
    readonly watch: Watch,
    readonly scripts: boolean,
  ) {}

  /** Waits until the page has come alive; without scripts there is nothing to wait for. */
  async hydrated(): Promise<void> {
    if (this.scripts) {
      await this.page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    }
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.hydrated();
  }

  async logIn(person: Person): Promise<void> {
    await this.open("/login");
    const main = this.page.getByRole("main");
    await main.getByLabel("E-mail address").fill(person.email);
    await main.getByLabel("Password").fill(person.password);
    await main.getByRole("button", { name: "Log in" }).click();
    await this.loggedIn();
  }

  async loggedIn(): Promise<void> {
    await expect(this.page.getByRole("banner").getByRole("link", { name: "Inbox" })).toBeVisible();
    await this.hydrated();
  }

  /** Finds an author by the search in the header and opens the page. */
  async findAuthor(name: string): Promise<void> {
    await this.open("/");
    const search = this.page.getByRole("banner").getByRole("searchbox");
    await search.fill(name);
    await search.press("Enter");
    await this.page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
    await expect(this.page.getByRole("heading", { level: 1, name })).toBeVisible();
    await this.page.waitForURL(/\/authors\/\d+\/./);
    await this.hydrated();
  }

  /** The page has no violation of WCAG 2.2 AA that axe can see. Needs scripts. */
  async axe(): Promise<void> {
    if (!this.scripts) {
      return;
    }
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
      .analyze();
    const found = violations.map((one) => ({
      rule: one.id,
      help: one.help,
      where: one.nodes.map((node) => `${node.target.join(" ")}: ${node.failureSummary ?? ""}`),
    }));
    expect(found, `axe on ${this.page.url()}`).toEqual([]);
  }
}

interface TestFixtures {
  world: World;
  scripts: boolean;
  /** Opens a further browser window with its own cookies. */
  newVisitor: () => Promise<Visitor>;
  visitor: Visitor;
}

interface WorkerFixtures {
  server: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      if (seedAuthor === undefined) {
        console.log(`skipped: ${seedRecords} is absent, the tests of the real records are not run`);
      } else {
        server.run(["import", "csl-json", seedRecords]);
      }
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  world: async ({ server }, use) => use(new World(server)),

  scripts: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  baseURL: async ({ server }, use) => use(server.url),

  newVisitor: async ({ browser, contextOptions, baseURL, scripts, viewport, locale, timezoneId, colorScheme }, use) => {
    const open: { context: BrowserContext; watch: Watch }[] = [];
    await use(async () => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL,
        viewport,
        locale,
        timezoneId,
        colorScheme,
        javaScriptEnabled: scripts,
        extraHTTPHeaders: { "x-forwarded-for": testAddress() },
      });
      const watch = new Watch(context, scripts);
      open.push({ context, watch });
      return new Visitor(await context.newPage(), watch, scripts);
    });
    const problems = open.flatMap(({ watch }) => watch.problems());
    for (const { context } of open) {
      await context.close();
    }
    expect(problems, "what the browser complained about").toEqual([]);
  },

  visitor: async ({ newVisitor }, use) => use(await newVisitor()),
});
