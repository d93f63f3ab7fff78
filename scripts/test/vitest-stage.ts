import { readFileSync, rmSync } from "node:fs";
import { inProject, root } from "../setup/project.ts";
import { lastLines, oneFailed, onePassed, resultsFile, run, type StageResult } from "./stage.ts";

/** What we read of vitest's JSON report, which follows Jest's. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Share of lines that the tests must run, in percent. */
const LINES_PERCENT_MIN = 85;

/** Unit and integration tests, with coverage. */
export async function runVitest(): Promise<StageResult> {
  const report = resultsFile(root, "vitest.json");
  rmSync(report, { force: true });
  const { code, text } = await run(
    [
      process.execPath,
      inProject("node_modules/vitest/vitest.mjs"),
      "run",
      "--coverage",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ],
    { cwd: root, log: resultsFile(root, "vitest.log") },
  );
  let result: VitestReport;
  try {
    result = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return oneFailed(lastLines(text));
  }
  // A file that does not load has no tests to fail: it counts as one.
  const broken = result.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  const failed = result.numFailedTests + broken.length;
  const hasOtherFailure = code !== 0 && failed === 0 && !text.includes("does not meet");
  return {
    passed: result.numPassedTests,
    failed: failed + (hasOtherFailure ? 1 : 0),
    skipped: result.numPendingTests + result.numTodoTests,
    tail: failed > 0 || hasOtherFailure ? failuresIn(text) : "",
  };
}

/** Whether the run before covered enough; one more thing that passes or fails. */
export async function checkCoverage(): Promise<StageResult> {
  const summary = JSON.parse(readFileSync(inProject("coverage/coverage-summary.json"), "utf8"));
  const percent = Number(summary.total.lines.pct);
  if (percent >= LINES_PERCENT_MIN) return onePassed;
  const poorest = Object.entries<{ lines: { total: number; covered: number } }>(summary)
    .filter(([file]) => file !== "total")
    .map(([file, { lines }]) => ({ file: file.replace(`${root}/`, ""), missing: lines.total - lines.covered }))
    .sort((a, b) => b.missing - a.missing)
    .slice(0, 15)
    .map(({ file, missing }) => `${String(missing).padStart(5)} lines not run  ${file}`);
  return oneFailed(`${percent} % of lines are covered, ${LINES_PERCENT_MIN} % are needed:\n${poorest.join("\n")}`);
}

function failuresIn(text: string): string {
  const at = text.search(/⎯+ (Failed|Unhandled)/);
  return at < 0 ? lastLines(text) : text.slice(at).split("\n").slice(0, 120).join("\n");
}
