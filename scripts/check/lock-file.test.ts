import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

interface Locked {
  optionalDependencies?: Record<string, string>;
}

/**
 * npm leaves out of the lock file what the registry at hand does not have for other platforms, and `npm ci` then refuses
 * the whole file. An entry of version, os and cpu is enough: a platform's package is never fetched elsewhere.
 */
const lockFiles = ["package-lock.json", "packages/native/bench/peers/package-lock.json"];

it.each(lockFiles)("%s names the packages of every platform, so that npm ci takes it anywhere", (name) => {
  const file = readFileSync(join(import.meta.dirname, "../..", name), "utf8");
  const packages: Record<string, Locked> = JSON.parse(file).packages;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});
