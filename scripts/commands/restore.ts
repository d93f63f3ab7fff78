import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readLabel, unpackBackup } from "../../packages/db/src/backup/index.ts";
import { restoreEmbedded } from "../../packages/db/src/embedded/index.ts";
import { copyAttachedFiles } from "../backup/attached-files.ts";
import { identityFrom } from "../backup/backup-key.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { step } from "../boot/progress.mjs";
import { environment } from "../setup/environment.ts";
import { lockFolder } from "../setup/folder-lock.ts";
import { dataFolder } from "../setup/project.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run restore -- --from=<backup> [--cluster=<folder>] [--identity=<file>]`: unpacks a backup into the data folder
 * (INFIRMARY_DATA), which must hold the keys of that time and no database; or, with --cluster, into an empty folder for
 * a PostgreSQL of one's own.
 */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { from: { type: "string" }, cluster: { type: "string" }, identity: { type: "string" } },
  });
  if (!values.from) throw new PlainError("Say which backup: npm run restore -- --from=<folder>");
  const backup = resolve(values.from);
  const { startedAt, schema, postgresVersion } = readLabel(backup);
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const identity = identityFrom(values.identity, data.keys);
  process.stdout.write(`\nBackup of ${startedAt}, schema ${schema}\n`);
  const files = (count: number) => `${count} files as the server sent them`;
  if (values.cluster) {
    const cluster = resolve(values.cluster);
    await step("Restore", () => unpackBackup({ backup, identity, cluster }), files);
    const major = Math.floor(postgresVersion / 10_000);
    process.stdout.write(`\n  Give ${cluster} to the server's account and start PostgreSQL ${major} on it.\n`);
    return 0;
  }
  const lock = await lockFolder(data.lock, "npm run restore");
  try {
    await step("Restore", () => restoreEmbedded({ backup, identity, dataDir: data.path }), files);
    await step(
      "Attached files",
      async () =>
        copyAttachedFiles(join(dirname(backup), "files"), resolve(env.FILES_FOLDER ?? join(data.path, "files"))),
      (count) => `${count} back`,
    );
  } finally {
    lock.release();
  }
  process.stdout.write(`\n  Restored into ${data.path}. npm start replays the log and starts it.\n`);
  return 0;
});
