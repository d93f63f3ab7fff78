import { readFileSync } from "node:fs";
import { checkImports } from "../check/check-imports.ts";
import { readProject } from "../check/read-project.ts";
import { belowFloor } from "../check/version-floors.ts";
import { inProject, root } from "../setup/project.ts";
import { lastLines, oneFailed, onePassed, type Report, resultsFile, run, type StageResult } from "./stage.ts";

/** The fast checks, each counting as one: format and lint, types, imports, version floors, unused code. */
export async function runChecks(report: Report): Promise<void> {
  await report.run("Format and lint", () =>
    tool("biome", [
      "node_modules/@biomejs/biome/bin/biome",
      "check",
      "--error-on-warnings",
      "--max-diagnostics=30",
      ".",
    ]),
  );
  await report.run("Types", () =>
    tool("types", ["node_modules/turbo/bin/turbo", "run", "typecheck", "--continue", "--output-logs=errors-only"]),
  );
  await report.run("Imports and cycles", checkProject);
  await report.run("Version floors", checkFloors);
  await report.run("Unused code", () => tool("knip", ["node_modules/knip/bin/knip.js", "--no-progress"]));
}

async function tool(name: string, [script = "", ...args]: string[]): Promise<StageResult> {
  const { code, text } = await run([process.execPath, inProject(script), ...args], {
    cwd: root,
    log: resultsFile(root, `${name}.log`),
    env: { TURBO_TELEMETRY_DISABLED: "1" },
  });
  return code === 0 ? onePassed : oneFailed(lastLines(text));
}

async function checkProject(): Promise<StageResult> {
  const { sources, workspaces } = readProject(root);
  const findings = checkImports(sources, workspaces);
  return findings.length === 0 ? onePassed : oneFailed(findings.join("\n"));
}

async function checkFloors(): Promise<StageResult> {
  const findings = belowFloor(JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")));
  return findings.length === 0 ? onePassed : oneFailed(findings.join("\n"));
}
