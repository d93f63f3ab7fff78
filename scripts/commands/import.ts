import { resolve } from "node:path";
import { PlainError } from "../boot/plain-error.mjs";
import { ambient, environment } from "../setup/environment.ts";
import { dataFolder } from "../setup/project.ts";
import { reachDatabase } from "../setup/reach-database.ts";
import { runInSight } from "../setup/run-in-sight.ts";
import { runCommand } from "./run-command.ts";

const loaders: Record<string, string> = {
  icd10: "icd10",
  loinc: "lab-catalogue",
  ucum: "lab-catalogue",
  "breached-passwords": "breached-passwords",
};

/** `npx infirmary import icd10|loinc|ucum|breached-passwords <file>`: takes an edition into the catalogues every organisation shares. */
await runCommand(async () => {
  const [, , what = "", file, ...more] = process.argv;
  const loader = Object.hasOwn(loaders, what) ? loaders[what] : undefined;
  if (!loader || !file)
    throw new PlainError(`Say what and from which file: npx infirmary import ${Object.keys(loaders).join("|")} <file>`);
  const env = environment();
  if (what === "breached-passwords") {
    const folder = { INFIRMARY_DATA: dataFolder(env.INFIRMARY_DATA).path };
    return runInSight(`apps/api/src/load/${loader}.ts`, [resolve(file), ...more], { ...ambient(), ...folder });
  }
  const database = await reachDatabase(env, dataFolder(env.INFIRMARY_DATA), "npx infirmary import");
  try {
    const { ownerUrl } = database;
    if (!ownerUrl) throw new PlainError("The environment variable DATABASE_URL is missing: the schema's owner.");
    return await runInSight(`apps/api/src/load/${loader}.ts`, [resolve(file)], {
      ...ambient(),
      DATABASE_URL: ownerUrl,
    });
  } finally {
    await database.leave();
  }
});
