// The packages we are measured against: a folder of their own with a lock file of its own, installed on the first run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const folder = new URL("peers/", import.meta.url);
const { dependencies }: { dependencies: Record<string, string> } = readJson(new URL("package.json", folder));

/** Installs the peers exactly as their lock file says, unless just those are there. */
export function installPeers(): void {
  const isThere = ([name, version]: [string, string]) => {
    const manifest = new URL(`node_modules/${name}/package.json`, folder);
    return existsSync(manifest) && readJson(manifest).version === version;
  };
  if (Object.entries(dependencies).every(isThere)) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

/** The peers and their versions. */
export const peerVersions = (): Readonly<Record<string, string>> => dependencies;

/** Loads a peer that is an ES module, by its path in node_modules. */
export const importPeer = (path: string) => import(new URL(`node_modules/${path}`, folder).href);

/** Loads a peer that is a CommonJS package. */
export const requirePeer = createRequire(new URL("package.json", folder));

function readJson(file: URL) {
  return JSON.parse(readFileSync(file, "utf8"));
}
