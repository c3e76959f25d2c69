// A claimant puts their page right, and takes it back.
import { expect, test } from "../support/fixtures.ts";
import { claimedAuthor, moderatorOf } from "../support/journeys.ts";

test("a claimant takes a work off the page, and undoes it from the notice", async ({ world, newVisitor }) => {
  const moderator = await moderatorOf(world, newVisitor);
  const { visitor, author } = await claimedAuthor(world, newVisitor, moderator);
  const { page } = visitor;
  await visitor.findAuthor(author);
  const works = page.getByRole("region", { name: /published item/ });
  const before = await works.getByRole("article").count();
  const first = works.getByRole("article").first();
  const title = (await first.getByRole("heading").innerText()).trim();
  await first.getByText("Correct", { exact: true }).click();
  await first.getByLabel("Why is this not yours, or not to be shown?").fill("A namesake of mine wrote it.");
  await first.getByRole("button", { name: "Not mine" }).click();
  await expect(works.getByRole("status")).toContainText("Took off a work that is somebody else’s.");
  await expect(works.getByRole("article")).toHaveCount(before - 1);
  await visitor.hydrated();
  await visitor.axe();
  await works.getByRole("button", { name: "Undo" }).click();
  await expect(works.getByRole("article")).toHaveCount(before);
  await expect(works).toContainText(title);
  await visitor.hydrated();

  await page.getByRole("link", { name: "History", exact: true }).click();
  await page.waitForURL(/\/corrections$/);
  await visitor.hydrated();
  await expect(page.getByRole("region", { name: "What was corrected" })).toContainText("A namesake of mine wrote it.");
  await expect(page.getByRole("region", { name: "What was corrected" })).toContainText("Undone");
  await visitor.axe();
});

test("a claimant changes the name and hides the former one", async ({ world, newVisitor }) => {
  const moderator = await moderatorOf(world, newVisitor);
  const { visitor, author } = await claimedAuthor(world, newVisitor, moderator);
  const { page } = visitor;
  await visitor.findAuthor(author);
  await page.getByRole("link", { name: "History", exact: true }).click();
  await page.waitForURL(/\/corrections$/);
  await visitor.hydrated();
  await page.getByText("Another name should be shown").click();
  await page.getByLabel("Name to show").fill("Quillon Marchwarden");
  await page.getByRole("checkbox", { name: "Also hide the former name" }).check();
  const form = page.locator("#name");
  await form.getByLabel("Reason").fill("I use this name now.");
  await form.getByRole("button", { name: "Change the name" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quillon Marchwarden");
  await visitor.hydrated();
  const main = page.getByRole("main");
  await expect(main).toContainText("Changed the name.");
  await expect(main).not.toContainText(author);
  await visitor.axe();
  await page.getByRole("link", { name: "Back to Quillon Marchwarden" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quillon Marchwarden");
  await expect(page.getByRole("main")).not.toContainText(author);
});

test("a hidden page is gone until its claimant brings it back", async ({ world, newVisitor }) => {
  const moderator = await moderatorOf(world, newVisitor);
  const { visitor, author } = await claimedAuthor(world, newVisitor, moderator);
  const { page } = visitor;
  await visitor.findAuthor(author);
  const address = new URL(page.url()).pathname;
  await visitor.open(`${address}/corrections`);
  await page.getByText("This page should not be shown").click();
  const form = page.locator("#hide");
  await form.getByLabel("Reason").fill("I do not want a page.");
  await form.getByRole("button", { name: "Hide the whole page" }).click();
  await expect(page.getByRole("main")).toContainText("The page of this author is hidden");
  await visitor.hydrated();
  await visitor.axe();

  const other = await newVisitor();
  other.watch.expectErrors(/status of 410/, /^response 410/);
  const gone = await other.page.goto(address);
  expect(gone?.status()).toBe(410);
  await expect(other.page.getByRole("main")).not.toContainText(author);

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("main")).toContainText("A work is missing");
  await visitor.hydrated();
  const back = await newVisitor();
  await back.open(address);
  await expect(back.page.getByRole("heading", { level: 1 })).toHaveText(author);
});
