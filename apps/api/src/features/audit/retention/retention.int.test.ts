import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testDatabase } from "@infirmary/db/test-support";
import { cutils } from "@infirmary/native";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../../test/harness.ts";
import { type SealedLog, sealedLog } from "../../../../test/sealed-log.ts";
import { type AuditRecord, auditLeaf, auditPayload } from "../../../core/audit-record.ts";
import { auditAlone } from "../../../core/unit-of-work.ts";
import { ensureAuditPartitions } from "../ensure-partitions.ts";
import { retireMonths } from "./retire-months.ts";

let api: Api;
let log: SealedLog;
const folder = mkdtempSync(join(tmpdir(), "infirmary-archive-"));
const year = new Date().getUTCFullYear();
const month = new Date().getUTCMonth();
/** The first of the month so many months ago. */
const monthsAgo = (n: number) => new Date(Date.UTC(year, month - n, 1));
const nameOf = (date: Date) => date.toISOString().slice(0, 7);
const expired = [monthsAgo(87), monthsAgo(86), monthsAgo(85)];
const kept = [monthsAgo(84), monthsAgo(83), monthsAgo(1)];

beforeAll(async () => {
  api = await startApi();
  log = sealedLog(api, (await testDatabase()).appUrl);
  for (const first of [...expired, ...kept]) {
    await api.owner.query("SELECT ensure_audit_partitions($1::date, 0)", [first]);
    for (const tenantId of [api.home.id, api.other.id])
      for (let n = 0; n < 4; n++) await write(tenantId, new Date(first.getTime() + n * 86_400_000));
    await log.seal();
  }
});
afterAll(async () => {
  log.close();
  rmSync(folder, { recursive: true, force: true });
  await api.close();
});

async function write(tenantId: string, at: Date): Promise<void> {
  api.setClock(at);
  await auditAlone(
    api.platform,
    { tenantId, actor: null, requestId: "old", ip: null },
    { action: "patient.list", entity: "patient", after: { patientIds: [crypto.randomUUID()] } },
  );
  api.setClock(null);
}
const partitions = async () =>
  (
    await api.owner.query(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass",
    )
  ).rows.map(({ name }) => String(name).replace("audit_entry_", "").replace("_", "-"));
const retire = () => retireMonths(api.platform, { signer: log.signer, folder });
const count = async (sql: string) => Number((await api.owner.query(sql)).rows[0].count);

describe("retention", () => {
  it("keeps a month that a hold of any organisation touches, until the hold is released", async () => {
    const officer = await api.as("privacy_officer");
    const first = expired[1] ?? new Date();
    const placed = await officer.call("audit.placeHold", {
      fromDay: nameOf(first).concat("-10"),
      toDay: nameOf(first).concat("-12"),
      reason: "Court order 12/26",
    });
    expect(placed.status).toBe(200);
    expect(await retire()).toEqual([expired[0], expired[2]].map((date) => `${nameOf(date ?? first)}-01`));
    expect(await partitions()).toContain(nameOf(first));
    const { id } = (placed.body as { result: { data: { id: string } } }).result.data;
    expect((await officer.call("audit.releaseHold", { id, reason: "Closed" })).status).toBe(200);
    expect((await officer.call("audit.releaseHold", { id, reason: "Again" })).status).toBe(404);
    expect((await (await api.as("otherAdmin")).call("audit.releaseHold", { id, reason: "Strangers" })).status).toBe(
      404,
    );
    expect((await (await api.as("doctor")).call("audit.holds", {})).status).toBe(403);
    expect(
      (await officer.call("audit.placeHold", { fromDay: "2020-01-02", toDay: "2020-01-01", reason: "x" })).status,
    ).toBe(400);
    expect(await retire()).toEqual([`${nameOf(first)}-01`]);
  });

  it("has deleted exactly the expired months, their index with them, and the check knows why they are gone", async () => {
    const there = await partitions();
    for (const date of expired) expect(there).not.toContain(nameOf(date));
    for (const date of kept) expect(there).toContain(nameOf(date));
    expect(await count(`SELECT count(*) FROM audit_shown WHERE at < '${monthsAgo(84).toISOString()}'`)).toBe(0);
    expect(await count(`SELECT count(*) FROM audit_shown`)).toBeGreaterThan(0);
    for (const tenant of [api.home.id, api.other.id]) expect((await log.verify(tenant)).findings).toEqual([]);
    expect(await retire()).toEqual([]);
  });

  it("has exported every entry with a proof against its seal", async () => {
    const lines = readFileSync(join(folder, `audit-${nameOf(expired[0] ?? new Date())}.jsonl`), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const seals = new Map(
      lines.filter((line) => line.seal?.root).map(({ seal }) => [`${seal.tenantId} ${seal.number}`, seal]),
    );
    const entries = lines.filter((line) => line.entry) as {
      entry: AuditRecord;
      seal: number;
      index: number;
      proof: string[];
    }[];
    expect(entries).toHaveLength(8);
    for (const { entry, seal, index, proof } of entries) {
      const of = seals.get(`${entry.tenantId} ${seal}`);
      const claim = {
        leaf: auditLeaf(auditPayload(entry)),
        index,
        count: of.entries,
        root: Buffer.from(of.root, "hex"),
      };
      expect(cutils.merkle.verifyInclusion({ ...claim, proof: proof.map((node) => Buffer.from(node, "hex")) })).toBe(
        true,
      );
    }
  });

  it("lets the application drop neither what is younger, nor what is not exported", async () => {
    const { pool } = api.platform.database;
    await expect(pool.query("SELECT drop_audit_month($1)", [kept[0]])).rejects.toThrow(/not expired/);
    await api.owner.query("SELECT ensure_audit_partitions($1::date, 0)", [monthsAgo(90)]);
    await expect(pool.query("SELECT drop_audit_month($1)", [monthsAgo(90)])).rejects.toThrow(/not archived/);
  });

  it("does not take a faked export for a reason why entries are gone", async () => {
    const client = await api.owner.connect();
    await client.query("SET session_replication_role = replica");
    await client.query(
      "INSERT INTO audit_archive (month, file, sha256, entries, key_id, signature, dropped_at) SELECT '2015-01-01', 'x', repeat('a', 64), 1, key_id, signature, now() FROM audit_archive LIMIT 1",
    );
    await client.query("DELETE FROM audit_entry WHERE tenant_id = $1 AND at < $2", [api.home.id, monthsAgo(82)]);
    await client.query("RESET session_replication_role");
    client.release();
    expect((await log.findings()).map(({ kind }) => kind)).toContain("entries-deleted");
  });
});

describe("a month's end", () => {
  it("passes without an error: a thousand writes over midnight land in their months, three of which are made ahead", async () => {
    await ensureAuditPartitions(api.platform);
    const midnight = monthsAgo(-1).getTime();
    for (let from = 0; from < 1000; from += 50)
      await Promise.all(Array.from({ length: 50 }, (_, n) => write(api.home.id, new Date(midnight - 500 + from + n))));
    const { rows } = await api.owner.query(
      "SELECT tableoid::regclass::text AS name, count(*)::int AS entries FROM audit_entry WHERE request_id = 'old' AND at >= $1 GROUP BY 1 ORDER BY 1",
      [new Date(midnight - 500)],
    );
    expect(rows.map(({ name }) => name.replace("audit_entry_", "").replace("_", "-"))).toEqual([
      nameOf(monthsAgo(0)),
      nameOf(monthsAgo(-1)),
    ]);
    expect(rows.reduce((sum, { entries }) => sum + entries, 0)).toBe(1000);
    for (let ahead = 0; ahead <= 3; ahead++) expect(await partitions()).toContain(nameOf(monthsAgo(-ahead)));
  });

  it("alarms where an entry found no month", async () => {
    await write(api.home.id, monthsAgo(200));
    await ensureAuditPartitions(api.platform);
    expect(
      await count("SELECT count(*) FROM notification WHERE kind = 'audit-alarm' AND title LIKE '%outside its months%'"),
    ).toBe(2);
  });
});
