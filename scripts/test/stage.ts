import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { ambient } from "../setup/environment.ts";

/** What came of one stage. */
export interface StageResult {
  passed: number;
  failed: number;
  skipped: number;
  /** What a person needs to see of a failure; empty when there is none. */
  tail: string;
}

export const onePassed: StageResult = { passed: 1, failed: 0, skipped: 0, tail: "" };
export const oneFailed = (tail: string): StageResult => ({ passed: 0, failed: 1, skipped: 0, tail });

/** Runs stages one after the other, each with a line of its result, and adds them up. */
export class Report {
  private readonly results: StageResult[] = [];

  /** An error thrown by the stage itself counts as one failure; the stages after it run all the same. */
  async run(name: string, work: () => Promise<StageResult>): Promise<StageResult> {
    const startedAt = performance.now();
    process.stdout.write(`${name.padEnd(26)} `);
    const result = await work().catch((error: unknown) =>
      oneFailed(error instanceof Error ? error.message || String(error) : String(error)),
    );
    this.results.push(result);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${sayCounts(result).padEnd(40)} ${seconds.padStart(6)} s\n`);
    if (result.tail) process.stdout.write(`\n${indent(result.tail)}\n\n`);
    return result;
  }

  /** Prints the sum as the last line. @returns the exit code */
  finish(): number {
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const { passed, failed, skipped } of this.results) {
      sum.passed += passed;
      sum.failed += failed;
      sum.skipped += skipped;
    }
    process.stdout.write(`\n${sayCounts(sum)}\n`);
    return sum.failed === 0 ? 0 : 1;
  }
}

export interface Output {
  code: number;
  /** Standard output and error, as they came. */
  text: string;
}

/** Runs a command to its end, its output kept and written to `log`. */
export function run(
  [program = "", ...args]: string[],
  { cwd, log, env }: { cwd: string; log: string; env?: Record<string, string> },
): Promise<Output> {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const child = spawn(program, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...ambient(), NO_COLOR: "1", ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      file.write(chunk);
    });
  }
  return new Promise((resolve) => {
    const end = (code: number) => file.end(() => resolve({ code, text }));
    child.once("error", (error) => {
      text += error.message;
      end(127);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** The last lines of an output. */
export function lastLines(text: string, count = 40): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

/** Where a test run leaves its logs and the machine-readable results: `test-results/` in the project. */
export function resultsFile(root: string, name: string): string {
  return join(root, "test-results", name);
}

function sayCounts({ passed, failed, skipped }: Omit<StageResult, "tail">): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}
