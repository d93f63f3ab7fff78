// Builds the addon when, and only when, something it is made of changed. Prints one line; the compiler's own output
// appears only when it fails. Needs a C/C++ compiler, make and python3, and nothing from outside the registry.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
mkdirSync(dirname(stampFile), { recursive: true });
if (!isFresh()) await lock();
if (isFresh()) {
  process.stdout.write("native: addon is up to date\n");
} else {
  rmSync(stampFile, { force: true });
  build();
  writeFileSync(stampFile, stamp);
  process.stdout.write(`native: addon built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function isFresh() {
  return existsSync(addon) && existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp;
}

/** Waits until no other process builds here: two at once would write the same files. Given back when this one ends. */
async function lock() {
  const file = join(root, "build/lock");
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      process.once("exit", () => rmSync(file, { force: true }));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!isAlive(file)) rmSync(file, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Whether the process that holds the lock still runs; a lock without a number is being written just now. */
function isAlive(file) {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
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
