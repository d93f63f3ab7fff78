// `npm run bench -- native [library …]`: the bench of every library that js/ has a front of, one process each.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { installPeers } from "./peers.ts";

const wanted = process.argv.slice(2);
const fileOf = (name: string) => new URL(`${name}.ts`, import.meta.url);
const libraries = readdirSync(new URL("../js/", import.meta.url))
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => !name.includes("-") && existsSync(fileOf(name)))
  .sort();
const unknown = wanted.filter((name) => !libraries.includes(name));
if (unknown.length > 0) throw new Error(`There are benches of ${libraries.join(", ")}; not of ${unknown.join(", ")}.`);

installPeers();
for (const name of wanted.length > 0 ? wanted : libraries) {
  process.stdout.write(`\n# ${name}\n\n`);
  const { status } = spawnSync(process.execPath, [fileOf(name).pathname], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
