import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { inProject } from "../setup/project.ts";

type Step = { run?: string; uses?: string };
type Workflow = {
  permissions: Record<string, string>;
  jobs: Record<string, { steps: Step[]; "timeout-minutes"?: number }>;
};

const folder = inProject(".github/workflows");
const workflows = readdirSync(folder).map(
  (name) => [name, parse(readFileSync(`${folder}/${name}`, "utf8")) as Workflow] as const,
);
const scriptsOf = (file: string) =>
  Object.keys((JSON.parse(readFileSync(inProject(file), "utf8")) as { scripts: Record<string, string> }).scripts);

it.each(workflows)("%s runs only commands that exist, may only read, and ends", (_name, { permissions, jobs }) => {
  expect(permissions).toEqual({ contents: "read" });
  for (const { steps, "timeout-minutes": minutes } of Object.values(jobs)) {
    expect(minutes).toBeLessThanOrEqual(60);
    for (const { run = "" } of steps) {
      for (const [, script = "", workspace] of run.matchAll(/npm run ([\w:]+)(?: -w @infirmary\/(\w+))?/g))
        expect(scriptsOf(workspace ? `packages/${workspace}/package.json` : "package.json")).toContain(script);
      for (const [path] of run.matchAll(/(?:^|\s)(?:\.ci|docker)\/[\w./]+/g))
        expect(existsSync(inProject(path.trim()))).toBe(true);
    }
  }
});
