// Damaged input through Node-API under the address and leak sanitizers: builds the addon with them beside a copy of the
// front, and runs fuzz/js/run.ts there in a Node that has the sanitizer preloaded. On Linux with gcc.
//   node scripts/torture-js.mjs [messages = 1,000,000] [seed]
// Exit code 1 for a report that names the addon, a crash, or a property that does not hold.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { addonSources, headerFolders } from "./sources.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [count = "1000000", seed = "1"] = process.argv.slice(2);
const copy = join(root, "build/torture");
const sanitizers = ["-fsanitize=address", "-fno-omit-frame-pointer", "-g", "-O1", "-fPIC", "-fvisibility=hidden"];

build();
const worker = join(copy, "run.mjs");
writeFileSync(
  worker,
  `import { readdirSync, readFileSync } from "node:fs";
const { runMutations } = await import(${JSON.stringify(pathToFileURL(join(copy, "fuzz/js/run.ts")).href)});
const folder = ${JSON.stringify(join(root, "fuzz/hl7val/corpus/message"))};
const seeds = readdirSync(folder).map((name) => readFileSync(folder + "/" + name));
console.log(JSON.stringify(runMutations(seeds, ${Number(count)}, ${Number(seed)})));
`,
);
const preload = tool("gcc", ["-print-file-name=libasan.so"]).trim();
const started = Date.now();
const run = spawnSync(process.execPath, [worker], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
  env: {
    ...process.env,
    LD_PRELOAD: preload,
    // V8 frees nothing at its end: every leak is reported, and those that name the addon count.
    ASAN_OPTIONS:
      "detect_leaks=1:exitcode=0:fast_unwind_on_malloc=0:malloc_context_size=12:allocator_may_return_null=1",
  },
});
const leaks = run.stderr
  .split("\n\n")
  .filter((report) => /leak of/.test(report) && /infirmary(::|\.node)/.test(report));
const faults = /ERROR: AddressSanitizer/.test(run.stderr);
process.stdout.write(run.stdout);
const seconds = ((Date.now() - started) / 1000).toFixed(0);
if (run.status === 0 && !faults && leaks.length === 0) {
  process.stdout.write(`no crash, no report, no leak of the addon's in ${seconds} s\n`);
} else {
  process.stderr.write(faults || run.status !== 0 ? run.stderr.slice(0, 20_000) : leaks.join("\n\n"));
  process.exit(1);
}

/** The front and what damages its input, copied; the addon beside them, where the front looks for it. */
function build() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(join(copy, "build/Release"), { recursive: true });
  for (const folder of ["js", "fuzz/js"]) cpSync(join(root, folder), join(copy, folder), { recursive: true });
  const packageText = readFileSync(join(root, "package.json"));
  writeFileSync(join(copy, "package.json"), packageText);
  const gyp = readFileSync(join(root, "binding.gyp"), "utf8");
  const defines = [...gyp.matchAll(/'(NAPI_VERSION=\d+|NODE_API_\w+|NODE_ADDON_\w+)'/g)].map(([, name]) => `-D${name}`);
  const includes = [...headerFolders().map((folder) => `-isystem${folder}`), `-I${root}/include`, `-I${root}/src`];
  const flags = [...sanitizers, ...defines, ...includes, "-D_GNU_SOURCE", "-fno-strict-aliasing"];
  const objects = join(copy, "objects");
  mkdirSync(objects);
  for (const source of addonSources()) {
    const isC = source.endsWith(".c");
    const own = isC ? ["-std=c11"] : ["-std=gnu++17", "-fno-exceptions", "-fno-rtti"];
    tool(isC ? "gcc" : "g++", [
      ...flags,
      ...own,
      "-c",
      join(root, source),
      "-o",
      join(objects, `${source.replaceAll("/", "-")}.o`),
    ]);
  }
  const linked = readdirSync(objects).map((name) => join(objects, name));
  tool("g++", ["-shared", "-fsanitize=address", ...linked, "-o", join(copy, "build/Release/infirmary.node")]);
}

function tool(command, args) {
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (result.status === 0) return result.stdout;
  throw new Error(`${command} failed: ${result.stderr ?? result.error}`);
}
