import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Env } from "../../apps/api/src/core/env.ts";
import { newIdentity, recipientOf } from "../../packages/db/src/backup/index.ts";
import { PlainError } from "../boot/plain-error.mjs";

/** Who may open the backups made here. */
export interface BackupKey {
  recipient: string;
  /** Where the secret half is on this machine; undefined where the operator keeps it elsewhere. */
  identity: string | undefined;
  isNew: boolean;
}

const identityFile = (keys: string) => join(keys, "backup-identity");

/** The operator's recipient, else a key pair of our own, made beside the other keys when it is missing. */
export async function backupKey(env: Pick<Env, "BACKUP_RECIPIENT">, keys: string): Promise<BackupKey> {
  const file = identityFile(keys);
  const own = existsSync(file) ? readFileSync(file, "utf8").trim() : undefined;
  if (env.BACKUP_RECIPIENT) {
    const isOurs = own !== undefined && (await recipientOf(own)) === env.BACKUP_RECIPIENT;
    return { recipient: env.BACKUP_RECIPIENT, identity: isOurs ? own : undefined, isNew: false };
  }
  const identity = own ?? (await newIdentity());
  if (own === undefined) {
    mkdirSync(keys, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${identity}\n`, { mode: 0o600 });
  }
  return { recipient: await recipientOf(identity), identity, isNew: own === undefined };
}

/** The secret half for a restore: from the file that was named, else from the keys folder. @throws PlainError */
export function identityFrom(file: string | undefined, keys: string): string {
  const path = file ?? identityFile(keys);
  if (!existsSync(path))
    throw new PlainError(`There is no key to open the backup with at ${path}; name it with --identity=<file>.`);
  return readFileSync(path, "utf8").trim();
}
