// Builds and runs the C tests and ends with one line "native C: N passed, N failed, N skipped" (single guarantees, not
// programs). Exit code 1 when one failed.
//   (nothing)     CMake and CTest with the address, undefined and leak sanitizers; without CMake, the compiler directly
//   --coverage    without sanitizers, prints line and branch coverage of each source (gcov)
//   <library>     of this library alone, with any of the options
//   --valgrind    the release build under Valgrind memcheck
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { printCoverage } from "./coverage-c.mjs";
import { checkSymbols } from "./symbols-c.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const options = process.argv.slice(2);
const mode = options.find((option) => option.startsWith("--")) ?? "--sanitized";
const only = options.find((option) => !option.startsWith("--")) ?? "";
const buildTypes = { "--sanitized": "Sanitized", "--coverage": "Coverage", "--valgrind": "Debug" };
const buildType = buildTypes[mode];
if (!buildType) fail(`unknown option ${mode}`);
const buildFolder = join(root, "build/c", only || "all", buildType.toLowerCase());
const valgrind = ["valgrind", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite,indirect"];

const hasCmake = spawnSync("cmake", ["--version"]).status === 0;
if (!hasCmake && mode !== "--sanitized") fail(`${mode} needs cmake`);
if (process.platform === "win32") fail("the C tests run on Linux and macOS");
const programs = hasCmake ? buildWithCmake() : buildWithCompiler();
const counts = { passed: 0, failed: 0, skipped: 0 };
for (const program of programs) runProgram(program);
if (mode === "--sanitized") for (const check of checkSymbols(root, buildFolder, only)) count(check);
if (mode === "--coverage") printCoverage(buildFolder);
process.stdout.write(
  `native C: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${programs.length} programs)\n`,
);
process.exit(counts.failed > 0 ? 1 : 0);

/** @returns {{name: string, command: string[]}[]} the tests CTest knows */
function buildWithCmake() {
  run("cmake", ["-S", root, "-B", buildFolder, `-DCMAKE_BUILD_TYPE=${buildType}`, `-DONLY=${only}`]);
  run("cmake", ["--build", buildFolder, "--parallel", String(availableParallelism())]);
  if (mode === "--coverage") removeCounts(buildFolder);
  const listing = run("ctest", ["--test-dir", buildFolder, "--show-only=json-v1"]);
  return JSON.parse(listing).tests.map(({ name, command }) => ({ name, command }));
}

/** The same programs by the plain compiler, for a machine that has one but no CMake. */
function buildWithCompiler() {
  mkdirSync(buildFolder, { recursive: true });
  const flags = ["-std=c11", "-D_GNU_SOURCE", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
  const built = [];
  for (const lib of readdirSync(join(root, "src"))) {
    if (only && lib !== only) continue;
    const sources = filesIn(`src/${lib}`, /\.c$/);
    for (const test of filesIn("test/c", new RegExp(`^${lib}_.*\\.c$`))) {
      const name = basename(test, ".c");
      const program = join(buildFolder, name);
      const defines = [`-DCASES_DIR="${join(root, "test/cases", lib)}"`, "-Iinclude", "-Isrc", "-Itest/c"];
      const libraries = [...wrapped(test), ...(lib === "cutils" ? ["-l:libcrypto.so.3"] : [])];
      run(process.env.CC ?? "cc", [...flags, ...defines, test, ...sources, "-o", program, ...libraries]);
      built.push({ name, command: [program] });
    }
  }
  return built;
}

/** Linker flags that redirect calls to the failing allocator or OpenSSL which a test includes. */
function wrapped(test) {
  const names = [];
  const text = readFileSync(join(root, test), "utf8");
  if (text.includes('#include "failing-alloc.h"')) names.push("malloc", "calloc", "realloc");
  if (text.includes('#include "failing-openssl.h"')) {
    const list = readFileSync(join(root, "test/c/failing-openssl.h"), "utf8");
    for (const [, name] of list.matchAll(/^FAILING\([^,]*, (\w+),/gm)) names.push(name);
  }
  return names.map((name) => `-Wl,--wrap=${name}`);
}

function runProgram({ name, command }) {
  const [program, ...args] = mode === "--valgrind" ? [...valgrind, ...command] : command;
  const result = spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status === 77) {
    counts.skipped++;
    process.stdout.write(`skipped ${name}: ${result.stdout.trim().split("\n").at(-1)}\n`);
    return;
  }
  const lines = (result.stdout ?? "").split("\n");
  counts.passed += lines.filter((line) => line.startsWith("ok ")).length;
  const failures = lines.filter((line) => line.startsWith("not ok ")).length;
  counts.failed += failures;
  if (result.status === 0 && failures === 0) return;
  // A crash or a sanitizer report ends a program without a "not ok" line: it counts as one failure.
  if (failures === 0) counts.failed++;
  process.stdout.write(
    `FAILED ${name} (${result.signal ?? `exit ${result.status}`})\n${result.stdout}${result.stderr}\n`,
  );
}

function count({ name, fault }) {
  if (fault === "") counts.passed++;
  else {
    counts.failed++;
    process.stdout.write(`FAILED ${name}: ${fault}\n`);
  }
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  if (result.status === 0) return result.stdout;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}\n`);
  return fail(`${command} failed`);
}

function filesIn(folder, pattern) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

function removeCounts(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (name.endsWith(".gcda")) rmSync(join(folder, name));
  }
}

function fail(sentence) {
  console.error(`native C: ${sentence}`);
  process.exit(1);
}
