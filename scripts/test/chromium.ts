import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { PlainError } from "../boot/plain-error.mjs";
import { inProject } from "../setup/project.ts";
import { installDebianPackage, runInstaller } from "./debian-package.ts";

const SYSTEM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A Chromium to test in: PLAYWRIGHT_CHROMIUM, the system's, Playwright's own; where there is none, Playwright's installer
 * and then Debian's package are tried.
 * @param asked the value of PLAYWRIGHT_CHROMIUM
 */
export async function findChromium(asked: string | undefined): Promise<string> {
  if (asked) {
    if (works(asked)) return asked;
    throw new PlainError(`PLAYWRIGHT_CHROMIUM names ${asked}, which does not run.`);
  }
  const found = [...SYSTEM, ownChromium()].find(works);
  if (found) return found;
  await runInstaller("chromium", process.execPath, inProject("node_modules/playwright/cli.js"), "install", "chromium");
  if (works(ownChromium())) return ownChromium();
  await installDebianPackage("chromium");
  const installed = SYSTEM.find(works);
  if (installed) return installed;
  throw new PlainError("No Chromium was found and none could be installed; set PLAYWRIGHT_CHROMIUM to one.");
}

function ownChromium(): string {
  const playwright = createRequire(import.meta.url)("playwright-core") as { chromium: { executablePath(): string } };
  return playwright.chromium.executablePath();
}

/** A browser that is there may still miss its libraries. */
function works(path: string): boolean {
  return existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}
