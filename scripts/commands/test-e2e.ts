import { step } from "../boot/progress.mjs";
import { browserSetting } from "../setup/environment.ts";
import { runJourneys } from "../test/journeys-stage.ts";
import { runLifecycle } from "../test/lifecycle-stage.ts";
import { startRunningProduct } from "../test/running-product.ts";
import { Report } from "../test/stage.ts";
import { runCommand } from "./run-command.ts";

/**
 * `node scripts/test-e2e.mjs [arguments for Playwright]`: the browser journeys alone, against the whole product with a
 * fresh demo database. `--lifecycle` runs the tests of starting and stopping instead.
 */
await runCommand(async () => {
  const args = process.argv.slice(2);
  const report = new Report();
  const product = await step("Product", startRunningProduct, () => "running");
  try {
    if (args.includes("--lifecycle")) await report.run("Start, restart, stop", () => runLifecycle(product));
    else await report.run("Browser journeys", () => runJourneys(product, browserSetting(), args));
  } finally {
    await product.dispose();
  }
  return report.finish();
});
