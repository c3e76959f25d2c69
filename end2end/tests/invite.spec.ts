// One researcher invites another; they talk.
import { expect, test } from "../support/fixtures.ts";
import { acceptInvitation, claimedAuthor, invite, moderatorOf, openInvitation } from "../support/journeys.ts";

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
  await acceptInvitation(recipient.visitor);
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
