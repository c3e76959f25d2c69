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

const MESSAGE =
  "Dear colleague, your tide gauge series ends where ours begins. Shall we join them and write the long record up together?";

/** A moderator, logged in. */
export async function moderatorOf(world: World, newVisitor: () => Promise<Visitor>): Promise<Visitor> {
  const moderator = await newVisitor();
  await moderator.logIn(world.createAccount({ moderator: true }));
  return moderator;
}

/** Opens the recipient's page and sends an invitation from there. */
export async function invite(sender: Visitor, author: string, subject: string): Promise<void> {
  const { page } = sender;
  await sender.findAuthor(author);
  await page
    .getByRole("region", { name: "Open a focused conversation when the fit is right" })
    .getByRole("link", { name: "Invite to collaborate" })
    .click();
  await page.waitForURL(/\/invite$/);
  await sender.hydrated();
  await sender.axe();
  const main = page.getByRole("main");
  await main.getByLabel("Purpose").selectOption({ index: 1 });
  await main.getByLabel("Subject").fill(subject);
  await main.getByLabel("Message", { exact: true }).fill(MESSAGE);
  await main.getByRole("button", { name: "Send invitation" }).click();
  await page.waitForURL(/\/invitations\/\d+/);
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
  await sender.hydrated();
}

/** The recipient opens an invitation from the inbox. */
export async function openInvitation(recipient: Visitor, subject: string): Promise<void> {
  await recipient.open("/inbox?tab=invitations");
  await recipient.axe();
  await recipient.page.getByRole("main").getByRole("link", { name: subject }).first().click();
  await recipient.page.waitForURL(/\/invitations\/\d+/);
  await expect(recipient.page.getByRole("main")).toContainText(MESSAGE);
  await recipient.hydrated();
}

/** The recipient, on the page of the invitation, accepts it. */
export async function acceptInvitation(recipient: Visitor): Promise<void> {
  const { page } = recipient;
  await page.getByRole("main").getByRole("button", { name: "Accept and open a conversation" }).click();
  await page.waitForURL(/\/conversations\/\d+/);
  await recipient.hydrated();
}
