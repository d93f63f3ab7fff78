// Builds the addon when, and only when, something it is made of changed. Prints one line; the compiler's own output
// appears only when it fails. Needs a C/C++ compiler, make and python3, and nothing from outside the registry.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildInputs, headerFolders } from "./sources.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const addon = join(root, "build/Release/infirmary.node");
const stampFile = join(root, "build/stamp");
const startedAt = performance.now();

const node = runtimeNode();
const stamp = currentStamp();
if (existsSync(addon) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) {
  process.stdout.write("native: addon is up to date\n");
} else {
  build();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
  process.stdout.write(`native: addon built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

/** The Node the product runs on: node-gyp 13 refuses the Node 20 that npm may have been started with. */
function runtimeNode() {
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  try {
    const packageFolder = dirname(require.resolve("node/package.json"));
    const binary = join(packageFolder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(binary) ? binary : process.execPath;
  } catch {
    return process.execPath;
  }
}

/** A hash over sources, headers, flags, platform and Node-API level. */
function currentStamp() {
  const hash = createHash("sha256");
  for (const { path, bytes } of buildInputs()) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  for (const folder of headerFolders()) hash.update(folder);
  const flags = ["CC", "CXX", "CFLAGS", "CXXFLAGS", "LDFLAGS"].map((name) => process.env[name] ?? "");
  hash.update(JSON.stringify([process.platform, process.arch, node, flags]));
  return hash.digest("hex");
}

function build() {
  const gyp = require.resolve("node-gyp/bin/node-gyp.js");
  const args = [gyp, "configure", "build", "--release", `--jobs=${availableParallelism()}`];
  // On Windows an addon links node.lib, which only nodejs.org has; elsewhere our own folder stands in for the headers.
  if (process.platform !== "win32") args.push(`--nodedir=${join(root, "gyp")}`, "--force-process-config");
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` };
  // npm hands its settings to scripts this way, and node-gyp would take them over the arguments above.
  for (const name of Object.keys(env)) {
    if (/^npm_(package_)?config_(node_gyp_)?(nodedir|disturl|dist_url|target)$/i.test(name)) delete env[name];
  }
  const result = spawnSync(node, args, { cwd: root, env, encoding: "utf8" });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}\n`);
  console.error("native: the addon did not build (needs a C/C++ compiler, make and python3); the output is above");
  process.exit(1);
}
