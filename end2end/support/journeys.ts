// Steps that several journeys share, as a person would take them.
import { expect } from "@playwright/test";
import type { Person, Visitor, World } from "./fixtures.ts";

/** The person claims an author and asks a moderator to decide; ends on a page that says it is pending. */
export async function askForClaim(visitor: Visitor, author: string): Promise<void> {
  const { page } = visitor;
  await visitor.findAuthor(author);
  await page
    .getByRole("region", { name: "How to connect with this researcher" })
    .getByRole("link", { name: "Claim this author" })
    .click();
  await page.waitForURL(/\/claim$/);
  await visitor.hydrated();
  const main = page.getByRole("main");
  const works = main.getByRole("group", { name: "Works of this author" }).getByRole("checkbox");
  await works.nth(0).check();
  await works.nth(1).check();
  await main.getByRole("radio", { name: "Ask a moderator" }).check();
  await main.getByLabel("Note to the moderator").fill("These are my papers; my name is on the staff page of the university.");
  await main.getByRole("button", { name: "Claim this author" }).click();
  await expect(main).toContainText(/A moderator looks at your claim|Your claim waits for a moderator/);
  await visitor.hydrated();
}

/** A moderator approves the waiting claim of a person. */
export async function approveClaim(moderator: Visitor, person: Person): Promise<void> {
  const { page } = moderator;
  await moderator.open("/moderation");
  const item = page.locator(".moderation-item").filter({ hasText: person.name }).first();
  await item.getByRole("button", { name: "Approve at L2" }).click();
  await expect(page.locator(".moderation-item").filter({ hasText: person.name })).toHaveCount(0);
  await moderator.hydrated();
}

/** A person with an approved claim on a new author, logged in. */
export async function claimedAuthor(
  world: World,
  newVisitor: () => Promise<Visitor>,
  moderator: Visitor,
): Promise<{ visitor: Visitor; person: Person; author: string }> {
  const author = world.importAuthor();
  const person = world.createAccount();
  const visitor = await newVisitor();
  await visitor.logIn(person);
  await askForClaim(visitor, author.name);
  await approveClaim(moderator, person);
  return { visitor, person, author: author.name };
}
