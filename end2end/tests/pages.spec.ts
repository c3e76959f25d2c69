// Every page: axe finds nothing (with scripts, which it needs), the structure is sound and nothing is wider than the window (with and
// without). With BZPEER_SHOTS screenshots are kept to look at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, seedAuthor, test, type Visitor } from "../support/fixtures.ts";
import {
  acceptInvitation,
  approveClaim,
  askForClaim,
  claimedAuthor,
  invite,
  moderatorOf,
  openInvitation,
} from "../support/journeys.ts";
import { repository } from "../support/server.ts";

const SHOTS = process.env.BZPEER_SHOTS === undefined ? undefined : join(repository, "end2end/test-results/shots");
const WIDTHS = [390, 1280] as const;
const SCHEMES = ["light", "dark"] as const;

/** Looks at the page as it stands in every width and scheme. */
async function look(visitor: Visitor, name: string): Promise<void> {
  const { page } = visitor;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      // Colours fade from one scheme to the other; what is measured is where they arrive.
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      if (SHOTS !== undefined) {
        mkdirSync(SHOTS, { recursive: true });
        await page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}${visitor.scripts ? "" : "-plain"}.png`), fullPage: true });
      }
      await test.step(`axe on ${name} at ${width} px, ${colorScheme}`, async () => visitor.axe());
    }
  }
  await soundStructure(visitor, name);
  for (const width of [360, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await noSidewaysScroll(visitor, `${name} at ${width} px`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

async function noSidewaysScroll(visitor: Visitor, what: string): Promise<void> {
  const beyond = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, `pixels beyond the right edge: ${what}`).toBeLessThanOrEqual(0);
}

/** One first heading, no level left out, a name for the page and a label for every field. */
async function soundStructure(visitor: Visitor, what: string): Promise<void> {
  const found = await visitor.page.evaluate(() => {
    const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((heading) => Number(heading.tagName.slice(1)));
    const skipped = levels.filter((level, at) => level > (levels[at - 1] ?? 0) + 1);
    const fields = [...document.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")];
    const nameless = fields.filter((field) => (field.labels?.length ?? 0) === 0 && field.ariaLabel === null).map((field) => field.name);
    return { firsts: levels.filter((level) => level === 1).length, skipped, nameless, title: document.title };
  });
  expect(found, `structure of ${what}`).toMatchObject({ firsts: 1, skipped: [], nameless: [] });
  expect(found.title, `title of ${what}`).toMatch(/BZPEER/);
}

async function addressOf(visitor: Visitor, author: string): Promise<string> {
  await visitor.findAuthor(author);
  return new URL(visitor.page.url()).pathname;
}

test.beforeEach(() => {
  // Every page in two widths and two schemes, each searched by axe: two minutes on a busy machine.
  test.setTimeout(360_000);
});

test("shots: what a visitor sees", async ({ world, visitor, scripts }) => {
  const author = world.importAuthor();
  const name = seedAuthor ?? author.name;
  for (const [label, path] of [
    ["home", "/"],
    ["search", `/search?q=${encodeURIComponent(name.split(" ")[0] ?? "")}`],
    ["search-nothing", "/search?q=zzzqqqxxx"],
    ["explore", "/explore"],
    ["about", "/about"],
    ["login", "/login"],
    ["signup", "/signup"],
    ["forgot-password", "/forgot-password"],
    ["reset-password-bad-link", "/reset-password?token=none"],
    ["verify-email-bad-link", "/verify-email?token=none"],
  ] as const) {
    await visitor.open(path);
    await look(visitor, label);
  }

  const address = await addressOf(visitor, name);
  const { page } = visitor;
  const main = page.getByRole("main");
  if (scripts) {
    await expect(page.locator("svg.graph-svg")).toBeVisible();
  }
  await look(visitor, "author");
  await page.getByRole("region", { name: "Quick read" }).locator("details summary").first().click();
  await look(visitor, "author-score-explained");
  await visitor.open(`${address}/report`);
  await look(visitor, "report");
  await visitor.open(address);
  await main.locator(".work-title a").first().click();
  await page.waitForURL(/\/works\//);
  await visitor.hydrated();
  await look(visitor, "work");
  const topic = main.locator('a[href^="/topics/"]').first();
  if ((await topic.count()) > 0) {
    await topic.click();
    await page.waitForURL(/\/topics\//);
    await visitor.hydrated();
    await look(visitor, "topic");
  }
  visitor.watch.expectErrors(/status of 404/);
  await visitor.open("/no/such/page");
  await look(visitor, "not-found");
});

test("shots: what a researcher and a moderator see", async ({ world, visitor, newVisitor }) => {
  const moderator = await moderatorOf(world, newVisitor);
  const author = world.importAuthor();
  const person = world.createAccount();
  await visitor.logIn(person);
  await visitor.open("/settings");
  await look(visitor, "settings");
  await visitor.open("/inbox");
  await look(visitor, "inbox-empty");
  const address = await addressOf(visitor, author.name);
  await look(visitor, "author-logged-in");
  await visitor.open(`${address}/claim`);
  await look(visitor, "claim");
  await askForClaim(visitor, author.name);
  await visitor.open(address);
  await look(visitor, "author-claim-pending");
  await moderator.open("/moderation");
  await look(moderator, "moderation");
  await approveClaim(moderator, person);
  await visitor.open(address);
  await look(visitor, "author-own");

  const recipient = await claimedAuthor(world, newVisitor, moderator);
  const theirs = await addressOf(visitor, recipient.author);
  await look(visitor, "author-claimed");
  await visitor.open(`${theirs}/invite`);
  await look(visitor, "invite");
  const subject = "Joining two tide records";
  await invite(visitor, recipient.author, subject);
  await look(visitor, "invitation-sent");
  await openInvitation(recipient.visitor, subject);
  await look(recipient.visitor, "invitation");
  for (const tab of ["invitations", "notices"]) {
    await recipient.visitor.open(`/inbox?tab=${tab}`);
    await look(recipient.visitor, `inbox-${tab}`);
  }
  await openInvitation(recipient.visitor, subject);
  await acceptInvitation(recipient.visitor);
  const message = recipient.visitor.page.getByRole("main").getByLabel("Your message");
  await message.fill("With pleasure. I send you our stations tomorrow.");
  await recipient.visitor.page.getByRole("main").getByRole("button", { name: "Send message" }).click();
  await expect(recipient.visitor.page.locator(".message")).toHaveCount(1);
  await recipient.visitor.hydrated();
  await look(recipient.visitor, "conversation");
  await visitor.open("/inbox?tab=conversations");
  await look(visitor, "inbox-conversations");
});
