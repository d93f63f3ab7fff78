import { defineConfig } from "@playwright/test";
import { baseUrl, chromium, chromiumFlags } from "./support/settings.ts";

/**
 * Journeys through the running product, in a real Chromium, one after the other: they share one hospital. Nothing is tried
 * twice, because a journey that only sometimes works is a fault.
 */
export default defineConfig({
  testDir: "specs",
  outputDir: "../test-results/journeys",
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: "line",
  use: {
    baseURL: baseUrl,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    timezoneId: "America/New_York",
    colorScheme: "light",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: "only-on-failure",
    launchOptions: { args: chromiumFlags, ...(chromium ? { executablePath: chromium } : {}) },
  },
  projects: [
    { name: "journeys" },
    // Writes the gallery in docs/ anew; run it by name, after a change that shows.
    ...(process.env.GALLERY ? [{ name: "gallery", testDir: "gallery" }] : []),
  ],
});
