import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { bomOf } from "../sbom/sbom.ts";
import { inProject, root } from "../setup/project.ts";
import { runCommand } from "./run-command.ts";

/** `npm run sbom [-- <file>]`: writes the bill of materials, by default to `test-results/sbom.cdx.json`. */
await runCommand(async () => {
  const file = resolve(root, process.argv[2] ?? "test-results/sbom.cdx.json");
  const text = readFileSync(inProject("package-lock.json"), "utf8");
  const bom = bomOf(JSON.parse(text), text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(bom, null, 2)}\n`);
  process.stdout.write(`${bom.components.length} components in ${file}\n`);
  return 0;
});
