// One researcher invites another; they talk.
import { expect, test, type Visitor } from "../support/fixtures.ts";
import { claimedAuthor } from "../support/journeys.ts";

const MESSAGE =
  "Dear colleague, your tide gauge series ends where ours begins. Shall we join them and write the long record up together?";

async function moderatorOf(world: Parameters<typeof claimedAuthor>[0], newVisitor: () => Promise<Visitor>): Promise<Visitor> {
  const moderator = await newVisitor();
  await moderator.logIn(world.createAccount({ moderator: true }));
  return moderator;
}

/** Opens the recipient's page and sends an invitation from there. */
async function invite(sender: Visitor, author: string, subject: string): Promise<void> {
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

async function openInvitation(recipient: Visitor, subject: string): Promise<void> {
  await recipient.open("/inbox?tab=invitations");
  await recipient.axe();
  await recipient.page.getByRole("main").getByRole("link", { name: subject }).first().click();
  await recipient.page.waitForURL(/\/invitations\/\d+/);
  await expect(recipient.page.getByRole("main")).toContainText(MESSAGE);
  await recipient.hydrated();
}

test("an invitation is accepted and becomes a conversation", async ({ world, newVisitor }) => {
  test.slow();
  const moderator = await moderatorOf(world, newVisitor);
  const sender = await claimedAuthor(world, newVisitor, moderator);
  const recipient = await claimedAuthor(world, newVisitor, moderator);
  const subject = `Joining two tide records, ${sender.author}`;
  await invite(sender.visitor, recipient.author, subject);

  await openInvitation(recipient.visitor, subject);
  await recipient.visitor.axe();
  const theirs = recipient.visitor.page;
  await theirs.getByRole("main").getByRole("button", { name: "Accept and open a conversation" }).click();
  await theirs.waitForURL(/\/conversations\/\d+/);
  await recipient.visitor.hydrated();
  await recipient.visitor.axe();
  await theirs.getByRole("main").getByLabel("Your message").fill("With pleasure. I send you our stations tomorrow.");
  await theirs.getByRole("main").getByRole("button", { name: "Send message" }).click();
  await expect(theirs.locator(".message").filter({ hasText: "With pleasure." })).toBeVisible();

  const { page } = sender.visitor;
  await sender.visitor.open("/inbox?tab=conversations");
  await expect(page.locator(".inbox-item").filter({ hasText: recipient.person.name })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: subject }).click();
  await page.waitForURL(/\/conversations\/\d+/);
  await expect(page.locator(".message").filter({ hasText: "With pleasure." })).toBeVisible();
  await sender.visitor.hydrated();
  await page.getByRole("main").getByLabel("Your message").fill("Wonderful, thank you.");
  await page.getByRole("main").getByRole("button", { name: "Send message" }).click();
  await expect(page.locator(".message").filter({ hasText: "Wonderful, thank you." })).toBeVisible();
});

test("a declined invitation ends there", async ({ world, newVisitor }) => {
  test.slow();
  const moderator = await moderatorOf(world, newVisitor);
  const sender = await claimedAuthor(world, newVisitor, moderator);
  const recipient = await claimedAuthor(world, newVisitor, moderator);
  const subject = `A question about moss, ${sender.author}`;
  await invite(sender.visitor, recipient.author, subject);
  await openInvitation(recipient.visitor, subject);
  await recipient.visitor.page.getByRole("main").getByRole("button", { name: "Decline" }).click();
  await expect(recipient.visitor.page.getByRole("main")).toContainText("Declined");
  await recipient.visitor.hydrated();

  await sender.visitor.findAuthor(recipient.author);
  const panel = sender.visitor.page.getByRole("region", { name: "Open a focused conversation when the fit is right" });
  await expect(panel.locator(".invite-reason")).toBeVisible();
  await expect(panel.getByRole("link", { name: "Invite to collaborate" })).toHaveCount(0);
});
