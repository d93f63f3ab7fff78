import { findCycles } from "./find-cycle.ts";
import { type Edge, rules } from "./import-rules.ts";
import { readImports } from "./read-imports.ts";
import { resolveImport, type Workspace } from "./resolve-import.ts";

/** Sources by path relative to the project, with forward slashes. */
export type Sources = Map<string, string>;

/**
 * Checks every import against the rules and the whole against circles.
 * @returns one line per finding, `file:line: import of x: what is wrong`
 */
export function checkImports(sources: Sources, workspaces: Workspace[]): string[] {
  const project = { files: new Set(sources.keys()), workspaces };
  const findings: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [from, source] of sources) {
    const targets: string[] = [];
    for (const { specifier, line, isTypeOnly } of readImports(from, source)) {
      if (isAsset(specifier)) continue;
      const edge: Edge = { from, line, isTypeOnly, target: resolveImport(from, specifier, project) };
      if ("file" in edge.target && !isTypeOnly) targets.push(edge.target.file);
      for (const rule of rules) {
        const problem = rule(edge);
        if (problem) findings.push(`${from}:${line}: import of ${specifier}: ${problem}`);
      }
    }
    graph.set(from, targets);
  }
  for (const cycle of findCycles(graph)) findings.push(`import cycle: ${cycle.join(" -> ")}`);
  return findings;
}

/** Styles and generated code are not in the table of sources. */
function isAsset(specifier: string): boolean {
  return /\.(css|json|svg|node)$/.test(specifier) || /(^|\/)generated\//.test(specifier);
}
