// Claim an author; a moderator decides.
import { expect, test } from "../support/fixtures.ts";
import { approveClaim, askForClaim } from "../support/journeys.ts";

test("a researcher claims an author and a moderator approves", async ({ world, visitor, newVisitor }) => {
  const author = world.importAuthor();
  const person = world.createAccount();
  const { page } = visitor;
  await visitor.findAuthor(author.name);
  const identity = page.getByRole("region", { name: "How to connect with this researcher" });
  await expect(identity.getByRole("link", { name: "Log in to claim" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Open a focused conversation when the fit is right" })).toContainText(
    "Claim this author entity first to unlock direct invitations.",
  );

  await visitor.logIn(person);
  await askForClaim(visitor, author.name);

  const moderator = await newVisitor();
  await moderator.logIn(world.createAccount({ moderator: true }));
  await moderator.open("/moderation");
  await moderator.axe();
  await approveClaim(moderator, person);

  // Identity 16, and two of seven works confirmed add 2.9: 16 + 4.5 + 2.9 + 1 + 2 = 26.4.
  await visitor.findAuthor(author.name);
  const snapshot = page.getByRole("region", { name: "Quick read" });
  await expect(snapshot).toContainText("L2");
  await expect(snapshot).toContainText("Why 26");
  await expect(snapshot).toContainText("Emerging");
  await expect(identity).toContainText("This is your record");
  await visitor.axe();
});

test("a rejected claim tells the reason to its owner", async ({ world, visitor, newVisitor }) => {
  const author = world.importAuthor();
  const person = world.createAccount();
  await visitor.logIn(person);
  await askForClaim(visitor, author.name);

  const moderator = await newVisitor();
  await moderator.logIn(world.createAccount({ moderator: true }));
  await moderator.open("/moderation");
  const item = moderator.page.locator(".moderation-item").filter({ hasText: person.name }).first();
  const reason = "The staff page names somebody else.";
  await item.getByLabel("Reason for rejecting").fill(reason);
  await item.getByRole("button", { name: "Reject" }).click();
  await expect(moderator.page.locator(".moderation-item").filter({ hasText: person.name })).toHaveCount(0);

  await visitor.findAuthor(author.name);
  await expect(visitor.page.getByRole("region", { name: "How to connect with this researcher" })).toContainText(reason);
});

test("someone who is no moderator is not let into moderation", async ({ world, visitor }) => {
  visitor.watch.expectErrors(/status of 403/, /^response 403/);
  await visitor.logIn(world.createAccount());
  const answer = await visitor.page.goto("/moderation");
  expect(answer?.status()).toBe(403);
  await visitor.hydrated();
  await visitor.axe();
});
