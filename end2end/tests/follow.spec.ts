// Follow and unfollow an author.
import { expect, test } from "../support/fixtures.ts";

test("a researcher follows an author and stops again", async ({ world, visitor, newVisitor }) => {
  const author = world.importAuthor();
  const person = world.createAccount();
  const { page } = visitor;
  const actions = page.getByRole("region", { name: "Decide how to stay connected" });
  await visitor.logIn(person);
  await visitor.findAuthor(author.name);
  const address = page.url();

  await actions.getByRole("button", { name: /^Follow researcher ?0$/ }).click();
  await expect(actions.getByRole("button", { name: /^Following researcher ?1$/ })).toBeVisible();
  await visitor.hydrated();
  await visitor.axe();

  // It is so for everybody, and after a reload.
  const other = await newVisitor();
  await other.open(address);
  await expect(
    other.page.getByRole("region", { name: "Decide how to stay connected" }).getByRole("link", { name: /^Follow researcher ?1$/ }),
  ).toBeVisible();
  await visitor.open(address);
  await actions.getByRole("button", { name: /^Following researcher ?1$/ }).click();
  await expect(actions.getByRole("button", { name: /^Follow researcher ?0$/ })).toBeVisible();
});

test("a visitor who wants to follow logs in and comes back to the author", async ({ world, visitor }) => {
  const author = world.importAuthor();
  const person = world.createAccount();
  const { page } = visitor;
  await visitor.findAuthor(author.name);
  const address = new URL(page.url()).pathname;
  await page.getByRole("region", { name: "Decide how to stay connected" }).getByRole("link", { name: /Follow researcher/ }).click();
  await page.waitForURL(/\/login/);
  await visitor.hydrated();
  const main = page.getByRole("main");
  await main.getByLabel("E-mail address").fill(person.email);
  await main.getByLabel("Password").fill(person.password);
  await main.getByRole("button", { name: "Log in" }).click();
  await page.waitForURL((url) => url.pathname === address);
  await visitor.loggedIn();
});
