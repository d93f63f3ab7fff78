import { parseArgs } from "node:util";
import { PlainError } from "../boot/plain-error.mjs";
import { step } from "../boot/progress.mjs";
import { buildAddon } from "../setup/addon.ts";
import { generateClient } from "../setup/client.ts";
import { environment } from "../setup/environment.ts";
import { buildPortal } from "../setup/portal.ts";
import { dataFolder } from "../setup/project.ts";
import { runCommand } from "./run-command.ts";

const parts = { addon: buildAddon, client: generateClient, portal: buildPortal };

/** `node scripts/setup.mjs [--only=addon,client,portal]`: what the checkout needs, without starting anything. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { only: { type: "string", default: "addon,client" } } });
  const { setupLog } = dataFolder(environment().INFIRMARY_DATA);
  for (const name of values.only.split(",")) {
    const work = parts[name as keyof typeof parts];
    if (!work) throw new PlainError(`--only knows ${Object.keys(parts).join(", ")}; it was ${name}.`);
    await step(
      name,
      () => work(setupLog),
      (isNew) => (isNew ? "made" : "up to date"),
    );
  }
  return 0;
});
