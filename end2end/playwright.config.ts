import { defineConfig } from "@playwright/test";
import { existsSync } from "node:fs";

const chromium = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
].find((path) => path !== undefined && path !== "" && existsSync(path));

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results/out",
  // Every worker has a server and a database of its own, so files may run side by side.
  fullyParallel: true,
  workers: 2,
  // A journey that passes only the second time is reported as flaky, not hidden; by hand there is no second time.
  retries: process.env["CI"] === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "light",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: process.env.BZPEER_TRACE === undefined ? "off" : "retain-on-failure",
    launchOptions: {
      // Without one on the machine, Playwright's own is used.
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "scripts-on", use: { javaScriptEnabled: true } },
    { name: "scripts-off", use: { javaScriptEnabled: false } },
  ],
});
