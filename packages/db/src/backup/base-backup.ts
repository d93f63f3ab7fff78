import { Readable } from "node:stream";
import pg from "pg";

/** A piece of a running base backup: of the cluster's files as a tar archive, or of the server's manifest of them. */
export type BackupPiece = { kind: "archive" | "manifest"; data: Buffer };

/** What node-pg calls on the query that is running; the part of its interface that a streaming answer needs. */
interface Connection {
  query(text: string): void;
  stream: { pause(): void; resume(): void };
}

/**
 * A copy of the whole cluster while it works, by the replication protocol's BASE_BACKUP (PostgreSQL 15 and later), with
 * the log needed to make it consistent and a manifest with a SHA-256 for each file. What `pg_basebackup` does, without
 * its binary: only a sign-in with the right to replicate is needed.
 * https://www.postgresql.org/docs/18/protocol-replication.html#PROTOCOL-REPLICATION-BASE-BACKUP
 */
class BaseBackup extends Readable {
  readonly #text: string;
  #connection: Connection | undefined;
  #kind: BackupPiece["kind"] = "archive";
  #archives = 0;

  constructor(text: string) {
    super({ objectMode: true, highWaterMark: 64 });
    this.#text = text;
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  override _read(): void {
    this.#connection?.stream.resume();
  }

  /** Each begins with a letter: n a new archive, m the manifest, d data, p progress. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const letter = String.fromCharCode(chunk[0] ?? 0);
    if (letter === "n") this.#archives += 1;
    if (letter === "m") this.#kind = "manifest";
    if (this.#archives > 1) this.destroy(new Error("The cluster has tablespaces outside its folder; move them in."));
    // The parser's buffer is used again for what comes next.
    else if (letter === "d" && !this.push({ kind: this.#kind, data: Buffer.from(chunk.subarray(1)) }))
      this.#connection?.stream.pause();
  }

  handleReadyForQuery(): void {
    this.push(null);
  }

  handleError(error: Error): void {
    this.destroy(error);
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
}

/**
 * Starts a base backup. The stream ends when the server says it is complete; any error destroys it.
 * @param ownerUrl a role with REPLICATION (the owner of the embedded cluster has it)
 */
export async function* baseBackup(ownerUrl: string): AsyncGenerator<BackupPiece> {
  const client = new pg.Client({
    connectionString: ownerUrl,
    replication: "true",
    application_name: "infirmary-backup",
  } as pg.ClientConfig);
  await client.connect();
  try {
    const options = "LABEL 'infirmary', CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256'";
    const backup = client.query(new BaseBackup(`BASE_BACKUP (${options})`) as never) as unknown as BaseBackup;
    yield* backup as AsyncIterable<BackupPiece>;
  } finally {
    await client.end();
  }
}
