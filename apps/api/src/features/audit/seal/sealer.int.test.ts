import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setDurable } from "@infirmary/db/embedded";
import { testDatabase } from "@infirmary/db/test-support";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../../test/harness.ts";
import { newPem, type SealedLog, sealedLog } from "../../../../test/sealed-log.ts";
import { auditAlone } from "../../../core/unit-of-work.ts";
import { startSealer, watchLag } from "./sealer.ts";

let api: Api;
let log: SealedLog;
let appUrl: string;
const folder = mkdtempSync(join(tmpdir(), "infirmary-sealer-"));
beforeAll(async () => {
  api = await startApi();
  ({ appUrl } = await testDatabase());
  log = sealedLog(api, appUrl);
});
afterAll(async () => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

const write = (n: number) =>
  auditAlone(
    api.platform,
    { tenantId: n % 3 === 0 ? api.other.id : api.home.id, actor: null, requestId: `r${n}`, ip: null },
    { action: "test.write", entity: "test", entityId: String(n), after: { n, text: "ö\u2028😀", patientIds: [] } },
  );
const writeMany = async (from: number, count: number) => {
  for (let n = from; n < from + count; n += 20)
    await Promise.all(Array.from({ length: Math.min(20, from + count - n) }, (_, i) => write(n + i)));
};
const countOf = async (sql: string) => Number((await api.owner.query(sql)).rows[0].count);

describe("the sealer", () => {
  it("seals what is committed, chains tenants apart, and leaves nothing out while twenty write", async () => {
    const writing = writeMany(0, 600);
    for (let round = 0; round < 12; round++) {
      await log.seal();
      await sleep(10);
    }
    await writing;
    await log.seal();
    const sealed = await countOf("SELECT sum(entries) AS count FROM audit_seal");
    expect(sealed).toBe(await countOf("SELECT count(*) FROM audit_entry"));
    for (const tenant of [api.home.id, api.other.id])
      expect(await log.verify(tenant)).toMatchObject({ findings: [], unsealed: 0, lagSeconds: 0 });
  });

  it("waits for an open transaction and then seals its entry in its place: none is skipped", async () => {
    const client = new pg.Client({ connectionString: (await testDatabase()).ownerUrl });
    await client.connect();
    await client.query("BEGIN");
    await client.query("SELECT pg_current_xact_id()");
    await write(1);
    expect(await log.seal()).toBe(0);
    expect((await log.verify()).unsealed).toBe(1);
    await client.query("ROLLBACK");
    await client.end();
    expect(await log.seal()).toBe(1);
    expect(await log.verify()).toMatchObject({ findings: [], unsealed: 0 });
  });

  it("splits a long tail into seals of whole transactions", async () => {
    await api.owner.query(
      `INSERT INTO audit_entry (tenant_id, id, action, entity, request_id, leaf, mac)
       SELECT $1, gen_random_uuid(), 'test.many', 'test', 'many', sha256('a'), sha256('b') FROM generate_series(1, 10050)`,
      [api.other.id],
    );
    await write(3);
    await log.seal();
    const { rows } = await api.owner.query(
      "SELECT entries FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 2",
      [api.other.id],
    );
    expect(rows.map(({ entries }) => entries)).toEqual([1, 10_050]);
  });

  it("tells administrators once when it meets entries that Infirmary did not write", async () => {
    const count = () =>
      countOf("SELECT count(*) FROM notification WHERE kind = 'audit-alarm' AND title LIKE '%did not write%'");
    expect(await count()).toBe(1);
    await api.owner.query(
      "INSERT INTO audit_entry (tenant_id, id, action, entity, request_id, leaf, mac) VALUES ($1, gen_random_uuid(), 'x.y', 'x', 'x', sha256('a'), sha256('b'))",
      [api.other.id],
    );
    await log.seal();
    expect(await count()).toBe(1);
  });

  it("alarms administrators and the privacy officer when the oldest unsealed entry is older than allowed", async () => {
    await write(1);
    api.setClock(new Date(Date.now() + 61_000));
    await watchLag(api.platform, 60_000);
    api.setClock(null);
    expect(
      await countOf("SELECT count(*) FROM notification WHERE kind = 'audit-alarm' AND title LIKE '%not being sealed%'"),
    ).toBe(2);
    await log.seal();
  });

  it("begins a new epoch in a database restored into another cluster, and the chain goes on", async () => {
    await write(1);
    // What a restored dump looks like from inside: another cluster's identifier, transaction ids that begin again.
    await api.owner.query("UPDATE audit_epoch SET system_identifier = 'another'");
    await log.seal();
    await write(2);
    await log.seal();
    const { rows } = await api.owner.query(
      "SELECT epoch, from_xid::text AS from, before_xid::text AS before FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 2",
      [api.home.id],
    );
    expect(rows[1]).toMatchObject({ epoch: 1, before: "18446744073709551615" });
    expect(rows[0]).toMatchObject({ epoch: 2, from: "0" });
    expect((await log.verify()).findings).toEqual([]);
  });

  it("seals and anchors in rounds, and once more when it stops", async () => {
    const stop = startSealer(
      { platform: api.platform, signer: log.signer, anchors: log.anchors },
      { sealEveryMs: 20, anchorEveryMs: 50 },
    );
    await writeMany(1000, 60);
    await sleep(150);
    await write(2000);
    await stop();
    const report = await log.verify();
    expect(report).toMatchObject({ findings: [], unsealed: 0 });
    expect(await countOf(`SELECT max(number) AS count FROM audit_anchor WHERE tenant_id = '${api.home.id}'`)).toBe(
      report.lastSeal?.number,
    );
  });
});

describe("a worker that is killed", () => {
  // It refuses a database that does not keep what it acknowledges.
  beforeAll(async () => setDurable((await testDatabase()).ownerUrl, true));
  afterAll(async () => setDurable((await testDatabase()).ownerUrl, false));

  it("loses nothing: kill -9 six times under load, and every entry is sealed once", { timeout: 150_000 }, async () => {
    const file = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const key = Buffer.alloc(32, 7).toString("base64");
    const fieldKey = Buffer.from(api.fieldKey).toString("base64");
    const before = (await log.verify()).lastSeal?.number ?? 0;
    const env = {
      PATH: process.env.PATH,
      DATABASE_APP_URL: appUrl,
      SESSION_SECRET: "s".repeat(32),
      INFIRMARY_DATA: folder,
      LOG_LEVEL: "silent",
      ACCESS_TOKEN_KEY_FILE: file("access.pem", newPem()),
      FIELD_KEYS_FILE: file("fields.json", JSON.stringify({ keys: [{ id: 1, state: "active", key: fieldKey }] })),
      INDEX_KEY_FILE: file("index", key),
      AUDIT_MAC_KEY_FILE: file("mac", Buffer.from(api.platform.auditKey).toString("base64")),
      AUDIT_SEAL_KEY_FILE: file("seal.pem", log.sealPem),
      AUDIT_ANCHOR_FILE: log.anchorFile,
    };
    const start = async (): Promise<ChildProcess> => {
      const child = fork(new URL("../../../worker.ts", import.meta.url), {
        env,
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      await new Promise((resolve) => child.once("message", resolve));
      return child;
    };
    let isWriting = true;
    let n = 10_000;
    const writing = (async () => {
      for (; isWriting; n += 20) await writeMany(n, 20);
    })();
    for (let kill = 0; kill < 6; kill++) {
      const worker = await start();
      await sleep(Math.random() * 400);
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.kill("SIGKILL");
      await ended;
    }
    isWriting = false;
    await writing;
    expect((await log.verify()).lastSeal?.number, "the workers sealed").toBeGreaterThan(before);
    await log.seal();
    await log.anchor();
    const report = await log.verify();
    expect(report.findings).toEqual([]);
    expect(report.entries).toBe(await countOf(`SELECT count(*) FROM audit_entry WHERE tenant_id = '${api.home.id}'`));
  });
});
