import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, restoreEmbedded, startEmbedded } from "../embedded/index.ts";
import { migrate } from "../migrate/index.ts";
import { ensureAppRole } from "../roles/index.ts";
import { checkBackup, newIdentity, readLabel, recipientOf, unpackBackup, writeBackup } from "./index.ts";
import { readManifest } from "./manifest.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-backup-"));
// Run by root, the server has an account of its own that must reach the folder.
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");
const backup = join(folder, "backups", "first");
const canary = "CANARY-of-the-backup-4711";
let server: EmbeddedDatabase;
let identity: string;
let recipient: string;
/** Rows that were acknowledged before the backup began. */
let before = 0;

const ask = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  identity = await newIdentity();
  recipient = await recipientOf(identity);
  server = await startEmbedded({ dataDir });
  await ensureAppRole({ ownerUrl: server.ownerUrl, password: "0123456789abcdef" });
  await migrate(server.ownerUrl);
  await ask(server.ownerUrl, "CREATE TABLE written (n int GENERATED ALWAYS AS IDENTITY, what text)");
  const client = new pg.Client({ connectionString: server.ownerUrl });
  await client.connect();
  const write = () => client.query("INSERT INTO written (what) VALUES ($1)", [canary]);
  for (; before < 200; before++) await write();
  // Goes on writing all through the backup.
  let isOver = false;
  const writing = (async () => {
    while (!isOver) await write();
  })();
  await writeBackup({ ownerUrl: server.ownerUrl, folder: backup, recipient });
  isOver = true;
  await writing;
  await client.end();
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a backup", () => {
  it("is made while the database works, and restores every row acknowledged before it began", async () => {
    const restored = join(folder, "restored");
    cpSync(join(dataDir, "keys"), join(restored, "keys"), { recursive: true });
    const files = await restoreEmbedded({ backup, identity, dataDir: restored });
    expect(files).toBeGreaterThan(500);
    const again = await startEmbedded({ dataDir: restored });
    try {
      const [{ count, first } = { count: 0, first: "" }] = await ask<{ count: number; first: string }>(
        again.ownerUrl,
        "SELECT count(*)::int, min(what) AS first FROM written",
      );
      expect(count).toBeGreaterThanOrEqual(before);
      expect(first).toBe(canary);
    } finally {
      await again.stop();
    }
    await expect(restoreEmbedded({ backup, identity, dataDir: restored })).rejects.toThrow("holds a database already");
  });

  it("says what it is without a key, and shows nothing else", async () => {
    expect(readLabel(backup)).toMatchObject({ format: 1, recipient, schema: expect.stringMatching(/^\d{14}_/) });
    const archive = readFileSync(join(backup, "base.tar.gz.age"));
    expect(archive.includes(canary)).toBe(false);
    expect(archive.subarray(0, 21).toString()).toBe("age-encryption.org/v1");
    expect(await checkBackup(backup, identity)).toBeGreaterThan(500);
  });

  it("opens for nobody else, and not when a byte of it was changed or its end is missing", async () => {
    await expect(checkBackup(backup, await newIdentity())).rejects.toThrow("no identity matched");
    const damaged = join(folder, "damaged");
    const bytes = readFileSync(join(backup, "base.tar.gz.age"));
    for (const change of [
      () => bytes.with(Math.floor(bytes.length / 2), (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1),
      () => bytes.subarray(0, bytes.length - 100),
      () => bytes.subarray(0, Math.floor(bytes.length / 3)),
    ]) {
      cpSync(backup, damaged, { recursive: true });
      writeFileSync(join(damaged, "base.tar.gz.age"), change());
      await expect(checkBackup(damaged, identity)).rejects.toThrow();
      await expect(unpackBackup({ backup: damaged, identity, cluster: join(folder, "unused") })).rejects.toThrow();
      rmSync(join(folder, "unused"), { recursive: true, force: true });
    }
  });

  it("is not taken for one when it was cut short", async () => {
    const partial = `${backup}.partial`;
    cpSync(backup, partial, { recursive: true });
    expect(() => readLabel(partial)).toThrow("not a finished backup");
    expect(() => readLabel(folder)).toThrow("not a finished backup");
    await expect(writeBackup({ ownerUrl: server.ownerUrl, folder: backup, recipient })).rejects.toThrow("already");
  });

  it("that fails leaves nothing that looks like a backup", async () => {
    const url = new URL(server.ownerUrl);
    url.username = "infirmary_app";
    url.password = "0123456789abcdef";
    const failed = join(folder, "failed");
    await expect(writeBackup({ ownerUrl: url.href, folder: failed, recipient })).rejects.toThrow();
    expect(existsSync(failed)).toBe(false);
  });

  it("refuses a manifest that was changed", () => {
    const text = '{ "Files": [\n],\n"Manifest-Checksum": "00"}\n';
    expect(() => readManifest(text)).toThrow("does not match its own checksum");
  });
});
