import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readEnv } from "../../apps/api/src/core/env.ts";
import { openDatabase } from "../../packages/db/src/client/index.ts";
import { type DatabaseServer, prepareDatabase, startDatabase } from "../setup/database.ts";
import { dataFolder } from "../setup/project.ts";
import { KeptDatabase } from "./kept-database.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-kept-"));
// Run by root, the server has an account of its own that must reach the folder.
chmodSync(folder, 0o755);
const data = dataFolder(folder);
const env = readEnv({});
const told: string[] = [];
let server: DatabaseServer;
let kept: KeptDatabase;

beforeAll(async () => {
  server = await startDatabase(env, data);
  kept = new KeptDatabase(
    server,
    () => startDatabase(env, data),
    (text) => told.push(text),
  );
});
afterAll(async () => {
  await kept.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("prepares the schema once, and a sign-in for the application that works", async () => {
  const { appUrl, applied } = await prepareDatabase(env, data, server.ownerUrl);
  expect(applied.length).toBeGreaterThan(0);
  expect(await whoIs(appUrl)).toBe("infirmary_app");
  expect(await prepareDatabase(env, data, server.ownerUrl)).toEqual({ appUrl, applied: [] });
});

it("takes the operator's database as it is, and does not stop it", async () => {
  const theirs = await startDatabase(readEnv({ DATABASE_URL: server.ownerUrl }), data);
  expect(theirs.what).toBe("yours on 127.0.0.1");
  await theirs.stop();
  expect(await whoIs(server.ownerUrl)).toBe("infirmary_owner");
});

it("says in a sentence that the operator's database cannot be reached", async () => {
  const nowhere = "postgresql://owner:secret@127.0.0.1:1/infirmary";
  await expect(prepareDatabase(env, data, nowhere)).rejects.toThrow(expect.objectContaining({ name: "PlainError" }));
});

it("is started again, at the same address, when it is killed", async () => {
  process.kill(await postmasterOf(server.ownerUrl), "SIGKILL");
  await vi.waitFor(
    () => expect(told).toEqual(["The database ended; it is started again.", "The database is back."]),
    8000,
  );
  expect(await whoIs(server.ownerUrl)).toBe("infirmary_owner");
});

it("stays ended when it is told to stop", async () => {
  await kept.stop();
  await expect(whoIs(server.ownerUrl)).rejects.toThrow("ECONNREFUSED");
  expect(told).toHaveLength(2);
});

async function whoIs(url: string): Promise<string> {
  return String((await ask(url, "SELECT current_user AS it")).it);
}

/** The postmaster is the parent of every process that serves a connection; its own file says who it is. */
async function postmasterOf(ownerUrl: string): Promise<number> {
  return Number.parseInt(String((await ask(ownerUrl, "SELECT pg_read_file('postmaster.pid') AS it")).it), 10);
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const { pool, close } = openDatabase(url, { connectionsMax: 1 });
  try {
    return (await pool.query(sql)).rows[0];
  } finally {
    await close();
  }
}
