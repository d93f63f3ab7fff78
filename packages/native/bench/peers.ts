// The packages we are measured against: a folder of their own with a lock file of its own, installed on the first run.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";

const folder = new URL("peers/", import.meta.url);

/** Installs the peers where that has not been done, exactly as their lock file says. */
export function installPeers(): void {
  const { dependencies } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
  const isThere = (name: string) => existsSync(new URL(`node_modules/${name}/`, folder));
  if (Object.keys(dependencies).every(isThere)) return;
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}

/** Loads a peer that is an ES module, by its path in node_modules. */
export const importPeer = (path: string) => import(new URL(`node_modules/${path}`, folder).href);

/** Loads a peer that is a CommonJS package. */
export const requirePeer = createRequire(new URL("package.json", folder));
