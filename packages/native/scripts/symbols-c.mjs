// Each library stands for itself: what it defines for others begins with its name, no two define the same, and none needs
// Node. Compiles every source once, without options that would add names, and reads the objects with nm.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** The names that the users of these functions know, without a prefix on purpose. */
const published = new Map([["cutils", ["aes_gcm_encrypt", "aes_gcm_decrypt", "sha256"]]]);
const ofNode = /^(napi_|node_|uv_|_ZN|_Z)/;

/**
 * The guarantees about the libraries' names, each with what stands against it ("" when nothing does).
 * @param {string} root the package
 * @param {string} folder where objects may be put
 * @returns {{name: string, fault: string}[]}
 */
export function checkSymbols(root, folder, only = "") {
  const definers = new Map();
  const checks = [];
  for (const lib of readdirSync(join(root, "src")).filter((name) => !only || name === only)) {
    const { defined, needed } = symbolsOf(root, join(folder, "symbols", lib), lib);
    const allowed = published.get(lib) ?? [];
    const strange = defined.filter((name) => !name.startsWith(`${lib}_`) && !allowed.includes(name));
    checks.push({ name: `${lib} defines only names of its own`, fault: strange.join(" ") });
    checks.push({ name: `${lib} needs nothing of Node`, fault: needed.filter((name) => ofNode.test(name)).join(" ") });
    for (const name of defined) definers.set(name, [...(definers.get(name) ?? []), lib]);
  }
  const shared = [...definers].filter(([, libs]) => libs.length > 1).map(([name, libs]) => `${name} (${libs})`);
  checks.push({ name: "no two libraries define the same name", fault: shared.join(" ") });
  return checks;
}

function symbolsOf(root, folder, lib) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const sources = readdirSync(join(root, "src", lib)).filter((name) => name.endsWith(".c"));
  const flags = ["-std=c11", "-D_GNU_SOURCE", "-O0", "-c", `-I${join(root, "include")}`, `-I${join(root, "src")}`];
  tool(process.env.CC ?? "cc", [...flags, ...sources.map((name) => join(root, "src", lib, name))], folder);
  const objects = sources.map((name) => `${basename(name, ".c")}.o`);
  const names = (option) =>
    tool("nm", ["-g", "-P", option, ...objects], folder)
      .split("\n")
      .filter((line) => line !== "" && !line.endsWith(":"))
      .map((line) => (line.split(" ")[0] ?? "").replace(process.platform === "darwin" ? /^_/ : /^$/, ""));
  return { defined: [...new Set(names("--defined-only"))], needed: [...new Set(names("--undefined-only"))] };
}

function tool(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 1 << 26 });
  if (result.status === 0) return result.stdout;
  throw new Error(`${command} failed: ${result.stderr ?? result.error}`);
}
