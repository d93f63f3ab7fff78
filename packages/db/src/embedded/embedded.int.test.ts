import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type EmbeddedDatabase, startEmbedded } from "./index.ts";

const dataDir = mkdtempSync(join(tmpdir(), "infirmary-embedded-"));
// Run by root, the server has an account of its own that must reach the folder.
chmodSync(dataDir, 0o755);
let server: EmbeddedDatabase | undefined;

const start = async () => {
  server = await startEmbedded({ dataDir });
  return server;
};
afterEach(() => server?.stop());
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe("the embedded database", () => {
  it("makes a cluster with checksums that acknowledges nothing before it is on the disk", async () => {
    const { ownerUrl } = await start();
    const settings = ["data_checksums", "fsync", "synchronous_commit", "full_page_writes"];
    for (const name of settings) expect(await ask(ownerUrl, `SHOW ${name}`)).toEqual([{ [name]: "on" }]);
  });

  it("listens on this machine only, and lets nobody in without the password", async () => {
    const { ownerUrl, port } = await start();
    expect(await ask(ownerUrl, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await ask(ownerUrl, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
    const guess = `postgresql://infirmary_owner:guess@127.0.0.1:${port}/infirmary`;
    await expect(ask(guess, "SELECT 1")).rejects.toThrow("password authentication failed");
    expect(statSync(join(dataDir, "keys", "database-owner-password")).mode & 0o777).toBe(0o600);
  });

  it("keeps data and port from one start to the next", async () => {
    const first = await start();
    await ask(first.ownerUrl, "CREATE TABLE kept AS SELECT 1 AS it");
    await first.stop();
    const second = await start();
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await ask(second.ownerUrl, "SELECT it FROM kept")).toEqual([{ it: 1 }]);
  });

  it("takes another port when its own was taken meanwhile", async () => {
    const { port, stop } = await start();
    await stop();
    const taker = createServer().listen(port, "127.0.0.1");
    await new Promise((resolve) => taker.once("listening", resolve));
    const again = await start();
    expect(again.port).not.toBe(port);
    expect(await ask(again.ownerUrl, "SELECT 1 AS up")).toEqual([{ up: 1 }]);
    await new Promise((resolve) => taker.close(resolve));
  });

  it("tells when it ends unasked, and the next start repairs what was left", async () => {
    const { pid, ended, ownerUrl } = await start();
    await ask(ownerUrl, "CREATE TABLE acknowledged AS SELECT 1 AS it");
    process.kill(pid, "SIGKILL");
    await ended;
    const again = await start();
    expect(await ask(again.ownerUrl, "SELECT it FROM acknowledged")).toEqual([{ it: 1 }]);
  });

  it("does not mind a lock file whose process number belongs to another program now", async () => {
    const { stop } = await start();
    await stop();
    const lockFile = join(clusterFolder(), "postmaster.pid");
    writeFileSync(lockFile, `${process.pid}\n`);
    expect(await ask((await start()).ownerUrl, "SELECT 1 AS up")).toEqual([{ up: 1 }]);
  });

  it("ends with the process that started it, and is taken over when even that failed", async () => {
    const entry = join(import.meta.dirname, "index.ts");
    const code = `const { startEmbedded } = await import(${JSON.stringify(entry)});
      const { pid } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} });
      process.stdout.write(String(pid)); setInterval(() => {}, 1000);`;
    const owner = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const pid = Number(
      await new Promise<string>((resolve) => owner.stdout.once("data", (text) => resolve(String(text)))),
    );
    owner.kill("SIGKILL");
    await vi.waitFor(() => expect(isServing(pid)).toBe(false), 5000);
    await start();
  });

  it("stops twice as well as once", async () => {
    const { stop, pid } = await start();
    await Promise.all([stop(), stop()]);
    await stop();
    expect(isServing(pid)).toBe(false);
  });
});

function clusterFolder(): string {
  const note = join(dataDir, "postgres", "location");
  return existsSync(note) ? readFileSync(note, "utf8").trim() : join(dataDir, "postgres", "cluster");
}

/** False for a process that ended and that nobody has asked about yet. */
function isServing(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
    await sleep(0);
  }
}
