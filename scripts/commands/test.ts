import { existsSync } from "node:fs";
import { step } from "../boot/progress.mjs";
import { browserSetting } from "../setup/environment.ts";
import { buildPortal } from "../setup/portal.ts";
import { prepareCode } from "../setup/prepare.ts";
import { root } from "../setup/project.ts";
import { runChecks } from "../test/check-stages.ts";
import { installDebianPackage } from "../test/debian-package.ts";
import { runJourneys } from "../test/journeys-stage.ts";
import { runLifecycle } from "../test/lifecycle-stage.ts";
import { runNativeTests } from "../test/native-stage.ts";
import { startRunningProduct } from "../test/running-product.ts";
import { Report, resultsFile } from "../test/stage.ts";
import { checkCoverage, runVitest } from "../test/vitest-stage.ts";
import { runCommand } from "./run-command.ts";

/** `npm test`: all set-up, then everything there is to test, and one line of the sum at the end. */
await runCommand(async () => {
  const report = new Report();
  const log = resultsFile(root, "setup.log");
  await prepareCode(log);
  process.stdout.write("\n");
  await runChecks(report);
  // Two tests put it in front of API processes; without it they are skipped.
  if (!existsSync("/usr/sbin/nginx")) await installDebianPackage("nginx-light");
  await report.run("C tests", runNativeTests);
  await report.run("Unit and integration", runVitest);
  await report.run("Coverage", checkCoverage);
  process.stdout.write("\n");
  await step(
    "Portal",
    () => buildPortal(log),
    (isNew) => (isNew ? "built" : "up to date"),
  );
  const product = await step("Product", startRunningProduct, () => "running");
  try {
    process.stdout.write("\n");
    await report.run("Browser journeys", () => runJourneys(product, browserSetting(), []));
    await report.run("Start, restart, stop", () => runLifecycle(product));
  } finally {
    await product.dispose();
  }
  return report.finish();
});
