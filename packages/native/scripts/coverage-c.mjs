// Reads gcov's JSON for every source under src/ and prints line and branch coverage, per file and per library.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Prints one line a source and one a library: "lines 98.1 % (210/214), branches 93.0 % (80/86)".
 * Branches are those gcov counts in C (both ways of every condition).
 * @param {string} buildFolder a build of type Coverage whose tests have been run
 */
export function printCoverage(buildFolder) {
  const files = new Map();
  for (const name of readdirSync(buildFolder, { recursive: true })) {
    if (!/\.dir[\\/]src[\\/].*\.gcda$/.test(name)) continue;
    for (const file of readGcov(join(buildFolder, name))) collect(files, file);
  }
  const libraries = new Map();
  for (const [path, seen] of [...files].sort(([a], [b]) => a.localeCompare(b))) {
    const counted = count(seen);
    process.stdout.write(`${path}: ${show(counted)}\n`);
    if (seen.missed.length > 0)
      process.stdout.write(`  not reached: lines ${seen.missed.sort((a, b) => a - b).join(" ")}\n`);
    const lib = dirname(path);
    const sum = libraries.get(lib) ?? { lines: 0, linesHit: 0, branches: 0, branchesHit: 0 };
    for (const key of Object.keys(sum)) sum[key] += counted[key];
    libraries.set(lib, sum);
  }
  for (const [lib, sum] of libraries) process.stdout.write(`${lib} total: ${show(sum)}\n`);
}

function readGcov(path) {
  const result = spawnSync("gcov", ["--json-format", "--stdout", "--branch-probabilities", path], {
    cwd: dirname(path),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return result.stdout
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => JSON.parse(line).files);
}

/** Adds up a file over the objects it was seen in: a line is reached when any of them reached it. */
function collect(files, { file, lines }) {
  const at = file.indexOf("/src/");
  if (at < 0 && !file.startsWith("src/")) return;
  const path = at < 0 ? file : file.slice(at + 1);
  const seen = files.get(path) ?? { lines: new Map(), branches: new Map(), missed: [] };
  for (const line of lines) {
    seen.lines.set(line.line_number, (seen.lines.get(line.line_number) ?? 0) + line.count);
    line.branches.forEach((branch, index) => {
      const key = `${line.line_number}:${index}`;
      seen.branches.set(key, (seen.branches.get(key) ?? 0) + branch.count);
    });
  }
  files.set(path, seen);
}

function count(seen) {
  seen.missed = [...seen.lines].filter(([, hits]) => hits === 0).map(([line]) => line);
  const branchesHit = [...seen.branches.values()].filter((hits) => hits > 0).length;
  return {
    lines: seen.lines.size,
    linesHit: seen.lines.size - seen.missed.length,
    branches: seen.branches.size,
    branchesHit,
  };
}

function show({ lines, linesHit, branches, branchesHit }) {
  const share = (hit, all) => `${all === 0 ? "100.0" : ((100 * hit) / all).toFixed(1)} % (${hit}/${all})`;
  return `lines ${share(linesHit, lines)}, branches ${share(branchesHit, branches)}`;
}
