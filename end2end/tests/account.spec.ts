// Sign up, verify, log in, log out, forget the password.
import { expect, newPerson, test } from "../support/fixtures.ts";

test("a new researcher signs up, verifies the address, logs in and logs out", async ({ world, visitor }) => {
  const { page } = visitor;
  const person = newPerson();
  await visitor.open("/");
  await page.getByRole("banner").getByRole("link", { name: "Sign up" }).click();
  await page.waitForURL(/\/signup/);
  await visitor.hydrated();
  await visitor.axe();
  const main = page.getByRole("main");
  await main.getByLabel("Name").fill(person.name);
  await main.getByLabel("E-mail address").fill(person.email);
  await main.getByLabel("Password").fill(person.password);
  await main.getByRole("button", { name: "Sign up" }).click();
  await expect(main.getByRole("heading", { level: 1, name: "Look into your mailbox" })).toBeVisible();
  await visitor.hydrated();

  // The link shows a button, so that a program which opens links in mail does not use it up.
  await visitor.open(await world.linkFromMail(person, "/verify-email"));
  await visitor.axe();
  await main.getByRole("button", { name: "Verify this address" }).click();
  await expect(main).toContainText("Your e-mail address is verified.");
  await visitor.hydrated();

  await visitor.logIn(person);
  await expect(page.getByRole("banner")).toContainText(person.name);
  await page.getByRole("banner").getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Log in" })).toBeVisible();
  await visitor.hydrated();
  await visitor.open("/settings");
  await expect(page).toHaveURL(/\/login/);
});

test("a wrong password is refused without telling whether the address is known", async ({ world, visitor }) => {
  const person = world.createAccount();
  const { page } = visitor;
  const answers: string[] = [];
  for (const email of [person.email, newPerson().email]) {
    await visitor.open("/login");
    const main = page.getByRole("main");
    await main.getByLabel("E-mail address").fill(email);
    await main.getByLabel("Password").fill("not-the-password-of-anyone");
    await main.getByRole("button", { name: "Log in" }).click();
    const alert = main.getByRole("alert").first();
    await expect(alert).toBeVisible();
    answers.push((await alert.textContent()) ?? "");
    await visitor.hydrated();
  }
  expect(answers[0]).toBe(answers[1]);
  await expect(page.getByRole("banner").getByRole("link", { name: "Log in" })).toBeVisible();
});

test("a forgotten password is replaced through a mailed link", async ({ world, visitor }) => {
  const person = world.createAccount();
  const { page } = visitor;
  const main = page.getByRole("main");
  await visitor.open("/forgot-password");
  await visitor.axe();
  await main.getByLabel("E-mail address").fill(person.email);
  await main.getByRole("button", { name: "Send a link" }).click();
  await expect(main.getByRole("heading", { level: 1, name: "Look into your mailbox" })).toBeVisible();
  await visitor.hydrated();

  await visitor.open(await world.linkFromMail(person, "/reset-password"));
  await visitor.axe();
  const renewed = { ...person, password: `${person.password}-again` };
  await main.getByLabel("New password").fill(renewed.password);
  await main.getByRole("button", { name: "Set the new password" }).click();
  await expect(main).toContainText("Your new password is set.");
  await visitor.hydrated();
  await visitor.logIn(renewed);
});

test("logging out everywhere ends the sessions of other browsers", async ({ world, newVisitor }) => {
  const person = world.createAccount();
  const here = await newVisitor();
  const there = await newVisitor();
  await here.logIn(person);
  await there.logIn(person);
  await here.open("/settings");
  await here.axe();
  await here.page.getByRole("main").getByRole("button", { name: "Log out everywhere" }).click();
  await expect(here.page.getByRole("main")).toContainText("You are logged out everywhere.");
  await expect(here.page.getByRole("banner").getByRole("link", { name: "Log in" })).toBeVisible();
  await here.hydrated();
  await there.open("/settings");
  await expect(there.page).toHaveURL(/\/login/);
});
