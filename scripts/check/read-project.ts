import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Sources } from "./check-imports.ts";
import type { Workspace } from "./resolve-import.ts";

const SOURCE = /(?<!\.d)\.(ts|tsx|mjs)$/;
const SKIPPED = new Set(["node_modules", "generated", "build", "coverage", "test-results", "playwright-report"]);

/** All sources of the project, and its workspaces. @param root the project's folder */
export function readProject(root: string): { sources: Sources; workspaces: Workspace[] } {
  const folders = [
    ...["apps", "packages"].flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`)),
    "e2e",
  ].filter((folder) => existsSync(join(root, folder, "package.json")));
  const files = [...folders, "scripts"].flatMap((folder) => filesUnder(join(root, folder)));
  const sources = new Map(
    files.map((file) => [relative(root, file).split(sep).join("/"), readFileSync(file, "utf8")] as const),
  );
  return { sources, workspaces: folders.map((folder) => readWorkspace(root, folder)) };
}

function readWorkspace(root: string, folder: string): Workspace {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return { folder, name: manifest.name, exports: manifest.exports ?? {}, imports: manifest.imports ?? {} };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith(".") ? [] : filesUnder(path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}
