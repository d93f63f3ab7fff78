import { generateClient } from "../setup/client.ts";
import { environment } from "../setup/environment.ts";
import { dataFolder } from "../setup/project.ts";
import { runChecks } from "../test/check-stages.ts";
import { Report } from "../test/stage.ts";
import { runCommand } from "./run-command.ts";

/** `npm run check`: format, lint, types, imports and unused code, without building or running anything. */
await runCommand(async () => {
  await generateClient(dataFolder(environment().INFIRMARY_DATA).setupLog);
  const report = new Report();
  await runChecks(report);
  return report.finish();
});
