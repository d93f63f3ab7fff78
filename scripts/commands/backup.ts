import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkBackup, writeBackup } from "../../packages/db/src/backup/index.ts";
import { copyAttachedFiles } from "../backup/attached-files.ts";
import { backupKey } from "../backup/backup-key.ts";
import { nameAt, pruneBackups } from "../backup/backups.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { step } from "../boot/progress.mjs";
import { environment } from "../setup/environment.ts";
import { dataFolder } from "../setup/project.ts";
import { reachDatabase } from "../setup/reach-database.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run backup [-- --to=<folder>] [--keep=<n>]`: copies the whole database while it works, compressed and encrypted,
 * reads the copy back and compares every file with the server's manifest. The keys are never in it.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { to: { type: "string" }, keep: { type: "string" } } });
  const keep = values.keep === undefined ? undefined : Number(values.keep);
  if (keep !== undefined && !(Number.isInteger(keep) && keep >= 1)) throw new PlainError("--keep is a number from 1.");
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const home = resolve(values.to ?? env.BACKUP_FOLDER ?? join(data.path, "backups"));
  const folder = join(home, nameAt(new Date()));
  const { recipient, identity, isNew } = await backupKey(env, data.keys);
  const database = await reachDatabase(env, data, "npm run backup");
  try {
    const { ownerUrl } = database;
    if (!ownerUrl) throw new PlainError("The environment variable DATABASE_URL is missing: a role that may replicate.");
    await step(
      "Backup",
      () => writeBackup({ ownerUrl, folder, recipient }),
      ({ clusterBytes, archive }) => `${megabytes(clusterBytes)} in ${megabytes(archive.bytes)}`,
    );
  } finally {
    await database.leave();
  }
  if (!env.FILES_S3_URL)
    await step(
      "Attached files",
      async () => copyAttachedFiles(resolve(env.FILES_FOLDER ?? join(data.path, "files")), join(home, "files")),
      (count) => `${count} new`,
    );
  if (identity)
    await step(
      "Read back",
      () => checkBackup(folder, identity),
      (files) => `${files} files as the server sent them`,
    );
  else
    process.stdout.write("  Not read back: the key is not on this machine. Let a restore drill do it where it is.\n");
  const old = keep === undefined ? [] : pruneBackups(home, keep);
  process.stdout.write(`\n  ${folder}\n${old.map((path) => `  deleted ${path}\n`).join("")}`);
  if (isNew)
    process.stdout.write(
      `\n  WARNING: made backup-identity in ${data.keys}. Keep that folder, and a copy of it, away from the backups:\n` +
        "  together they open every patient's record; without it no backup can be opened.\n",
    );
  return 0;
});

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
