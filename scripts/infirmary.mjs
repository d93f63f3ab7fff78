#!/usr/bin/env node
import { boot } from "./boot/boot.mjs";

/**
 * What `npx infirmary <command>` can do: a sentence, how it is called, and the file of scripts/commands that does it.
 * @type {Record<string, [says: string, call: string, file: string]>}
 */
const commands = {
  start: ["Set everything up and run the product", "start", "start"],
  doctor: ["Look at configuration, machine and database, and say what to do", "doctor", "doctor"],
  migrate: ["Bring a PostgreSQL of one's own to this version's schema", "migrate", "migrate"],
  organisation: [
    "Add an organisation with its first facility and administrator",
    'organisation --slug=north-hill --name="North Hill Hospital" --facility-code=NORTH --facility-name="North Hill" --time-zone=Europe/London \\\n' +
      '      --admin=ada --admin-name="Ada North" --admin-email=ada@north.example [--starter-catalogue]',
    "organisation",
  ],
  import: [
    "Take in an edition of ICD-10-CM, LOINC or UCUM, or a list of breached passwords",
    "import icd10|loinc|ucum|breached-passwords <file> [--seen=100]",
    "import",
  ],
  keys: [
    "Rotate, verify or destroy the keys of sealed fields",
    "keys rotate|verify|rewrap|destroy-old|destroy [--tenant=<slug>] [--yes]",
    "keys",
  ],
  audit: ["Check the whole audit log against its seals and anchors", "audit", "audit-verify"],
  backup: ["Copy the whole database, encrypted and read back", "backup [--to=<folder>] [--keep=<n>]", "backup"],
  restore: ["Restore a backup into an empty place", "restore --from=<backup> [--cluster=<folder>]", "restore"],
  drill: ["Prove that a backup would save us: restore it elsewhere and check it", "drill", "restore-drill"],
};

const [, , name = "--help", ...rest] = process.argv;
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command && !rest.includes("--help")) {
  process.argv.splice(2, 1);
  await boot(command[2]);
} else if (command) {
  process.stdout.write(`${command[0]}.\n\n  npx infirmary ${command[1]}\n`);
} else {
  const isAsking = name === "--help" || name === "help";
  const lines = Object.entries(commands).map(([word, [says]]) => `  ${word.padEnd(14)}${says}\n`);
  const text = `npx infirmary <command> [--help]\n\n${lines.join("")}\nEvery variable: .env.example. How to run it where people depend on it: docs/operations.md.\n`;
  if (isAsking) process.stdout.write(text);
  else process.stderr.write(`There is no command ${name}.\n\n${text}`);
  process.exitCode = isAsking ? 0 : 1;
}
