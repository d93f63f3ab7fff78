import { randomInt } from "node:crypto";
import { browserSetting } from "../setup/environment.ts";
import { prepareCode } from "../setup/prepare.ts";
import { inProject, root } from "../setup/project.ts";
import { runJourneys } from "../test/journeys-stage.ts";
import { startRunningProduct } from "../test/running-product.ts";
import { lastLines, Report, resultsFile, run } from "../test/stage.ts";
import { runCommand } from "./run-command.ts";

/** Threats whose tests stand with what they are about, and take more numbers than every run of them should. */
const onlyLong = [
  "apps/api/test/faults.int.test.ts",
  "apps/api/src/features/audit/audit.int.test.ts",
  "apps/api/src/features/auth/lock-out.int.test.ts",
];

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
  const vitest = [process.execPath, inProject("node_modules/vitest/vitest.mjs"), "run", "--reporter=verbose"];
  const { code, text } = await run([...vitest, "apps/api/test/trust", ...(isLong ? onlyLong : [])], {
    cwd: root,
    log: resultsFile(root, "trust.log"),
    env: {
      TRUST_LONG: isLong ? "1" : "0",
      TRUST_SEED: seed,
      ...(isLong ? { FAULT_ROUNDS: "20", SIGN_IN_SAMPLES: "500" } : {}),
    },
  });
  process.stdout.write(`${lastLines(text, 200)}\n`);
  if (!isLong || code !== 0) return code;
  const report = new Report();
  const product = await startRunningProduct();
  try {
    await report.run("In a browser", () =>
      runJourneys(product, browserSetting(), ["specs/trust"], { TRUST_LONG: "1" }),
    );
  } finally {
    await product.dispose();
  }
  return report.finish();
});
