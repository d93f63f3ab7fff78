import { existsSync, readFileSync, rmSync } from "node:fs";
import { inProject, root } from "../setup/project.ts";
import { findChromium } from "./chromium.ts";
import type { RunningProduct } from "./running-product.ts";
import { lastLines, oneFailed, resultsFile, run, type StageResult } from "./stage.ts";

/** The browser journeys against a running product. @param args passed to Playwright as they are */
export async function runJourneys(
  { baseUrl, apiUrl, dataDir }: RunningProduct,
  chromium: string | undefined,
  args: string[],
): Promise<StageResult> {
  const report = resultsFile(root, "playwright.json");
  rmSync(report, { force: true });
  const { text } = await run(
    [process.execPath, inProject("node_modules/@playwright/test/cli.js"), "test", "--reporter=line,json", ...args],
    {
      cwd: inProject("e2e"),
      log: resultsFile(root, "playwright.log"),
      env: {
        BASE_URL: baseUrl,
        API_URL: apiUrl,
        INFIRMARY_DATA: dataDir,
        PLAYWRIGHT_CHROMIUM: await findChromium(chromium),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    },
  );
  if (!existsSync(report)) return oneFailed(lastLines(text));
  const { stats, errors } = JSON.parse(readFileSync(report, "utf8"));
  const failed = stats.unexpected + stats.flaky + errors.length;
  return { passed: stats.expected, failed, skipped: stats.skipped, tail: failed > 0 ? lastLines(text, 80) : "" };
}
