import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { baseBackup } from "./base-backup.ts";
import { readManifest } from "./manifest.ts";
import { sealFile, sync, type WrittenFile } from "./sealed-file.ts";

/** What lies beside the sealed files, readable without a key. */
export interface BackupLabel {
  format: 1;
  startedAt: string;
  endedAt: string;
  /** Of the server, as 180004. */
  postgresVersion: number;
  /** The newest migration; a version of Infirmary older than it cannot use the backup. */
  schema: string;
  /** Who can open it: an age recipient. */
  recipient: string;
  archive: WrittenFile;
  manifest: WrittenFile;
  /** Of the cluster, before compression. */
  clusterBytes: number;
}

export const fileNames = { archive: "base.tar.gz.age", manifest: "manifest.gz.age", label: "backup.json" };

/**
 * Copies the whole cluster while it works into a new folder, compressed and encrypted. A backup cut short leaves a
 * folder that ends in `.partial` and is never taken for one.
 * @param folder must not exist; its parent is made
 */
export async function writeBackup(options: {
  ownerUrl: string;
  folder: string;
  recipient: string;
  onProgress?: (clusterBytes: number) => void;
}): Promise<BackupLabel> {
  const { ownerUrl, folder, recipient, onProgress } = options;
  if (existsSync(folder)) throw new Error(`There is something at ${folder} already.`);
  const draft = `${folder}.partial`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const startedAt = new Date().toISOString();
  const { postgresVersion, schema } = await aboutServer(ownerUrl);
  const manifestParts: Buffer[] = [];
  let clusterBytes = 0;
  async function* archiveBytes() {
    for await (const { kind, data } of baseBackup(ownerUrl)) {
      if (kind === "manifest") {
        manifestParts.push(data);
        continue;
      }
      clusterBytes += data.length;
      onProgress?.(clusterBytes);
      yield data;
    }
  }
  const archive = await sealFile(join(draft, fileNames.archive), recipient, archiveBytes());
  const text = Buffer.concat(manifestParts);
  readManifest(text.toString("utf8"));
  const manifest = await sealFile(join(draft, fileNames.manifest), recipient, one(text));
  const endedAt = new Date().toISOString();
  const label: BackupLabel = {
    format: 1,
    startedAt,
    endedAt,
    postgresVersion,
    schema,
    recipient,
    archive,
    manifest,
    clusterBytes,
  };
  writeFileSync(join(draft, fileNames.label), `${JSON.stringify(label, null, 2)}\n`, { mode: 0o600 });
  sync(join(draft, fileNames.label));
  sync(draft);
  renameSync(draft, folder);
  sync(dirname(folder));
  return label;
}

async function* one(data: Uint8Array) {
  yield data;
}

async function aboutServer(ownerUrl: string): Promise<Pick<BackupLabel, "postgresVersion" | "schema">> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; schema: string }>(
      `SELECT current_setting('server_version_num')::int AS version,
              (SELECT max(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS schema`,
    );
    const [about] = rows;
    return { postgresVersion: about?.version ?? 0, schema: about?.schema ?? "" };
  } finally {
    await client.end();
  }
}
