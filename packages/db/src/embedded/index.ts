import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureCluster, OWNER } from "./cluster.ts";
import { ensureDatabase } from "./database.ts";
import { stopLeftover } from "./leftover.ts";
import { findPlace } from "./place.ts";
import { choosePort } from "./port.ts";
import { startServer } from "./server.ts";
import { setDurable } from "./set-durable.ts";

export { restoreEmbedded } from "./restore.ts";
export { setDurable } from "./set-durable.ts";

export interface EmbeddedOptions {
  /** Infirmary's data folder; the server keeps its cluster, port and password in it. Made if missing. */
  dataDir: string;
  /** TCP port on 127.0.0.1. Default: the one it had last time, else any free one. */
  port?: number;
  /** For tests: do not wait for the disk, so a power cut loses the cluster. Default: false. */
  isThrowaway?: boolean;
}

export interface EmbeddedDatabase {
  /** Signs in as the superuser that owns the schema, to the database `infirmary`. */
  ownerUrl: string;
  port: number;
  /** The postmaster's process id. */
  pid: number;
  /** The cluster's folder, when the data folder was closed to the server's account and it had to live elsewhere. */
  clusterElsewhere: string | undefined;
  /** Settles when the server has ended, asked or not. */
  ended: Promise<void>;
  /** Stops the server in order; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that came with the dependencies, on a cluster in the data folder. Repairs what a crash left:
 * a server without its supervisor is stopped first, a stale lock file removed, the log replayed.
 * The caller must hold the data folder for itself. Throws an Error with one sentence when it cannot start.
 */
export async function startEmbedded({
  dataDir,
  port: asked,
  isThrowaway = false,
}: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const place = findPlace(folder);
  const password = ownerPassword(join(folder, "keys"));
  await stopLeftover(place.cluster);
  ensureCluster(place, password);
  const port = await choosePort(join(folder, "postgres", "port"), asked);
  const urlOf = (database: string) => `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
  const startLog = join(folder, "postgres", "start.log");
  const server = await startServer(place, { port, url: urlOf("postgres"), startLog, isThrowaway });
  await ensureDatabase(urlOf("postgres"), "infirmary");
  if (isThrowaway) await setDurable(urlOf("postgres"), false);
  const clusterElsewhere = place.isElsewhere ? place.cluster : undefined;
  return { ownerUrl: urlOf("infirmary"), port, clusterElsewhere, ...server };
}

function ownerPassword(keys: string): string {
  const file = join(keys, "database-owner-password");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString("hex");
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}
