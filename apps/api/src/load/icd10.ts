import { readFileSync } from "node:fs";
import { openDatabase } from "@infirmary/db/client";
import { EnvError, readEnv } from "../core/env.ts";
import { loadCodes, readCodeFile } from "../features/diagnosis/index.ts";

/** `node apps/api/src/load/icd10.ts <file>`: takes an edition of ICD-10-CM into the catalogue of diagnoses. Prints one line. */
try {
  const { DATABASE_URL } = readEnv();
  const [, , file] = process.argv;
  if (!DATABASE_URL || !file)
    throw new EnvError("Set DATABASE_URL and name the file: the order file of CMS, or a table of codes.");
  const codes = readCodeFile(readFileSync(file, "utf8"));
  const database = openDatabase(DATABASE_URL, { applicationName: "infirmary-load", connectionsMax: 1 });
  try {
    const count = await database.pool.transaction("BEGIN", (connection) => loadCodes(connection, codes));
    process.stdout.write(`${count} codes\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
