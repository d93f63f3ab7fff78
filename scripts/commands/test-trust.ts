import { randomInt } from "node:crypto";
import { prepareCode } from "../setup/prepare.ts";
import { inProject, root } from "../setup/project.ts";
import { lastLines, resultsFile, run } from "../test/stage.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run test:trust [-- --long] [--seed=<n>]`: the threats of docs/security.md as tests with their numbers. The short form is part of
 * `npm test`; the long one takes the full numbers, and its seed is printed so that a failure can be had again.
 */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const isLong = args.includes("--long");
  const seed = args.find((argument) => argument.startsWith("--seed="))?.split("=")[1] ?? String(randomInt(2 ** 31));
  await prepareCode(resultsFile(root, "setup.log"));
  process.stdout.write(`\nTrust, ${isLong ? "long" : "short"} form, seed ${seed}\n\n`);
  const { code, text } = await run(
    [process.execPath, inProject("node_modules/vitest/vitest.mjs"), "run", "apps/api/test/trust", "--reporter=verbose"],
    { cwd: root, log: resultsFile(root, "trust.log"), env: { TRUST_LONG: isLong ? "1" : "0", TRUST_SEED: seed } },
  );
  process.stdout.write(`${lastLines(text, 200)}\n`);
  return code;
});
