import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { countHoldings, losses, readLabel, writeBackup } from "../../packages/db/src/backup/index.ts";
import { backupKey, identityFrom } from "../backup/backup-key.ts";
import { checkRestored, copyAnchors, startRestored } from "../backup/drill.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { step } from "../boot/progress.mjs";
import { environment } from "../setup/environment.ts";
import { appPassword, ensureKeys } from "../setup/keys.ts";
import { dataFolder } from "../setup/project.ts";
import { reachDatabase } from "../setup/reach-database.ts";
import { keyEnvironment } from "../setup/seal.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run restore:drill [-- --identity=<file>]`: proves that a backup made now would save the hospital. Makes one
 * beside the running product, restores it into a second cluster, and checks there that no row is missing, that the audit
 * log is as it was written, and that every sealed value opens. Prints how much would have been lost (RPO) and how long
 * it took (RTO), and deletes what it made.
 */
await runCommand(async () => {
  const { values } = parseArgs({ options: { identity: { type: "string" } } });
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const { recipient } = await backupKey(env, data.keys);
  const identity = identityFrom(values.identity, data.keys);
  const keys = ensureKeys(env, data.keys, () => undefined);
  const folder = mkdtempSync(join(tmpdir(), "infirmary-drill-"));
  // Run by root, the server has an account of its own that must reach the folder.
  chmodSync(folder, 0o755);
  const source = await reachDatabase(env, data, "npm run restore:drill");
  try {
    const { ownerUrl } = source;
    if (!ownerUrl) throw new PlainError("The environment variable DATABASE_URL is missing: a role that may replicate.");
    const anchors = copyAnchors(
      env.AUDIT_ANCHOR_FILE ?? join(data.path, "audit", "anchors.jsonl"),
      join(folder, "anchors.jsonl"),
    );
    const before = await step("Count", () => countHoldings(ownerUrl), sumOf);
    const backup = join(folder, "backup");
    await step("Backup", () => writeBackup({ ownerUrl, folder: backup, recipient }));
    const restoredAt = performance.now();
    const { database, files } = await step("Restore", () =>
      startRestored({ backup, identity, keys: data.keys, dataDir: join(folder, "data") }),
    );
    try {
      const rtoSeconds = (performance.now() - restoredAt) / 1000;
      const after = await step("Count again", () => countHoldings(database.ownerUrl), sumOf);
      const missing = losses(before, after);
      if (missing.length > 0) throw new PlainError(missing.join("\n"));
      const appUrl = new URL(database.ownerUrl);
      appUrl.username = "infirmary_app";
      appUrl.password = env.DATABASE_APP_URL ? new URL(env.DATABASE_APP_URL).password : appPassword(data.keys);
      const audit = [
        `--mac-key=${keys.AUDIT_MAC_KEY_FILE}`,
        `--seal-keys=${keys.AUDIT_SEAL_KEY_FILE}`,
        `--anchors=${anchors}`,
      ];
      const where = { DATABASE_APP_URL: appUrl.href };
      await step("Audit log", () => checkRestored("apps/api/src/audit-verifier/main.ts", audit, where), lastWords);
      const opener = keyEnvironment(keys, database.ownerUrl);
      await step("Sealed values", () => checkRestored("apps/api/src/keys/main.ts", ["verify"], opener), lastWords);
      const { startedAt } = readLabel(backup);
      process.stdout.write(
        `\n  ${files} files as the server sent them. The newest entry restored is of ${after.newestAt ?? "never"}; the backup began at ${startedAt}.\n` +
          `  RPO 0 s at the time of the backup, then the time since it. RTO ${rtoSeconds.toFixed(1)} s from backup to a database that answers.\n`,
      );
    } finally {
      await database.stop();
    }
    return 0;
  } finally {
    await source.leave();
    rmSync(folder, { recursive: true, force: true });
  }
});

function sumOf({ counts }: { counts: Record<string, number> }): string {
  return `${Object.values(counts).reduce((sum, count) => sum + count, 0)} rows`;
}

function lastWords(line: string): string {
  return line.slice(0, 60);
}
