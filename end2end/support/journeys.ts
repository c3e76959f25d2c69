// Steps that several journeys share, as a person would take them.
import { expect } from "@playwright/test";
import type { Person, Visitor, World } from "./fixtures.ts";

/** The person claims an author and asks a moderator to decide; ends on a page that says it is pending. */
export async function askForClaim(visitor: Visitor, author: string): Promise<void> {
  const { page } = visitor;
  await visitor.findAuthor(author);
  await page.getByRole("main").getByRole("link", { name: "Claim this author" }).click();
  await page.waitForURL(/\/claim$/);
  await visitor.hydrated();
  const main = page.getByRole("main");
  const works = main.getByRole("checkbox");
  await works.nth(0).check();
  await works.nth(1).check();
  await main.getByRole("radio", { name: /moderator/i }).check();
  await main.getByLabel(/note/i).fill("These are my papers; my name is on the staff page of the university.");
  await main.getByRole("button", { name: /claim/i }).click();
  await expect(page.getByRole("main")).toContainText(/moderator/i);
}

/** A moderator approves the waiting claim of a person. */
export async function approveClaim(moderator: Visitor, person: Person): Promise<void> {
  const { page } = moderator;
  await moderator.open("/moderation");
  const item = page.locator(".moderation-item").filter({ hasText: person.name }).first();
  await item.getByRole("button", { name: /approve/i }).click();
  await expect(page.locator(".moderation-item").filter({ hasText: person.name }).getByRole("button", { name: /approve/i })).toHaveCount(0);
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
