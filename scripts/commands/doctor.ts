import { lookAtDatabase } from "../doctor/database.ts";
import { attention, ok, tell } from "../doctor/finding.ts";
import { lookAtMachine } from "../doctor/machine.ts";
import { environment } from "../setup/environment.ts";
import { dataFolder } from "../setup/project.ts";
import { runningOwnerUrl } from "../setup/reach-database.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npx infirmary doctor`: looks at configuration, machine, certificates, packages and database, changes nothing, and says what to do. Ends
 * with 1 where something is bad.
 */
await runCommand(async () => {
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const findings = [
    ok("Configuration", "every variable that is set can be read"),
    ...lookAtMachine(env, data, new Date()),
  ];
  const ownerUrl = env.DATABASE_URL ?? (await runningOwnerUrl(data));
  if (ownerUrl) findings.push(...(await lookAtDatabase(ownerUrl)));
  else
    findings.push(
      attention("Database", "the embedded one is not running; it was not looked at", "Ask again while Infirmary runs."),
    );
  process.stdout.write(findings.map(tell).join(""));
  const count = (state: string) => findings.filter((finding) => finding.state === state).length;
  process.stdout.write(`\n${count("ok")} good, ${count("attention")} to attend to, ${count("bad")} bad\n`);
  return count("bad") > 0 ? 1 : 0;
});
