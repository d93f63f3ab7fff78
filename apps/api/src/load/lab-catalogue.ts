import { readFileSync } from "node:fs";
import { openDatabase } from "@infirmary/db/client";
import { EnvError, readEnv } from "../core/env.ts";
import { loadLoinc, loadUcum, readLoincFile, readUcumFile } from "../features/catalog/index.ts";

/**
 * `node apps/api/src/load/lab-catalogue.ts <file>`: takes in an edition of LOINC (Loinc.csv, LoincTableCore.csv) or of UCUM
 * (ucum-essence.xml), told apart by what is in the file. Prints one line.
 */
try {
  const { DATABASE_URL } = readEnv();
  const [, , file] = process.argv;
  if (!DATABASE_URL || !file)
    throw new EnvError("Set DATABASE_URL and name the file: LOINC's table (Loinc.csv) or ucum-essence.xml.");
  const text = readFileSync(file, "utf8");
  const isUcum = /^\s*(<\?xml|<root)/.test(text.replace(/^\uFEFF/, ""));
  const database = openDatabase(DATABASE_URL, { applicationName: "infirmary-load", connectionsMax: 1 });
  try {
    const count = await database.pool.transaction("BEGIN", (connection) =>
      isUcum ? loadUcum(connection, readUcumFile(text)) : loadLoinc(connection, readLoincFile(text)),
    );
    process.stdout.write(`${count} ${isUcum ? "units" : "codes"}\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
