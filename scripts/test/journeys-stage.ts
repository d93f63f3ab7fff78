import { existsSync, readFileSync, rmSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { inProject, root } from "../setup/project.ts";
import { findChromium } from "./chromium.ts";
import type { RunningProduct } from "./running-product.ts";
import { lastLines, oneFailed, resultsFile, run, type StageResult } from "./stage.ts";

/** What we read of Playwright's JSON report. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message: string }[];
  suites: Suite[];
}

interface Suite {
  suites?: Suite[];
  specs?: {
    title: string;
    file: string;
    line: number;
    ok: boolean;
    tests: { results: { errors: { message: string }[] }[] }[];
  }[];
}

/** The browser journeys against a running product. @param args passed to Playwright as they are @param more told the journeys in their environment */
export async function runJourneys(
  { baseUrl, apiUrl, dataDir, env }: RunningProduct,
  chromium: string | undefined,
  args: string[],
  more: Readonly<Record<string, string>> = {},
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
        MLLP_PORT: env.MLLP_PORT ?? "",
        INFIRMARY_DATA: dataDir,
        PLAYWRIGHT_CHROMIUM: await findChromium(chromium),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        ...more,
      },
    },
  );
  if (!existsSync(report)) return oneFailed(lastLines(text));
  const { stats, errors, suites }: PlaywrightReport = JSON.parse(readFileSync(report, "utf8"));
  const failed = stats.unexpected + stats.flaky + errors.length;
  const tail = [...errors.map(({ message }) => message), ...suites.flatMap(failuresIn)].join("\n\n");
  return { passed: stats.expected, failed, skipped: stats.skipped, tail: failed > 0 ? tail || lastLines(text) : "" };
}

/** Each failed journey: its name and the beginning of what went wrong. */
function failuresIn({ suites = [], specs = [] }: Suite): string[] {
  const own = specs
    .filter(({ ok }) => !ok)
    .map(({ title, file, line, tests }) => {
      const message = tests.flatMap(({ results }) => results.flatMap((result) => result.errors))[0]?.message ?? "";
      const beginning = stripVTControlCharacters(message).split("\n").slice(0, 14).join("\n");
      return `${file}:${line} ${title}\n${beginning}`;
    });
  return [...own, ...suites.flatMap(failuresIn)];
}
