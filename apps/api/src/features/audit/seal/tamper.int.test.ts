import { readFileSync, writeFileSync } from "node:fs";
import { testDatabase } from "@infirmary/db/test-support";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../../test/harness.ts";
import { registerPatient } from "../../../../test/lab.ts";
import { newPem, type SealedLog, sealedLog } from "../../../../test/sealed-log.ts";
import { auditMac } from "../../../core/audit-record.ts";
import { signerOf } from "./statement.ts";

let api: Api;
let log: SealedLog;
beforeAll(async () => {
  api = await startApi();
  log = sealedLog(api, (await testDatabase()).appUrl);
  for (let seal = 0; seal < 5; seal++) {
    const patient = await registerPatient(api, { lastName: `Tamper${seal}` });
    await (await api.as("doctor")).get(`/patients/${patient.id}/`);
    await (await api.as("nurse")).get("/patients/");
    if (seal === 4)
      for (const reason of ["Claim of Mrs Tamper", "Asked by her son"])
        await (await api.as("doctor")).post(`/patients/${patient.id}/reveal-ssn/`, { reason });
    await log.seal();
    if (seal === 3) await log.anchor();
  }
  await log.anchor();
});
afterAll(async () => {
  log.close();
  await api.close();
});
beforeEach(async () => {
  expect(await log.findings()).toEqual([]);
});

/** What a superuser of the database can do: everything, triggers off. It is undone afterwards. */
async function tampered(statements: (string | (() => Promise<void>))[], undo: string[] = []) {
  const tables = ["audit_entry", "audit_seal", "audit_shown"];
  const rows = await Promise.all(tables.map(dump));
  const anchors = readFileSync(log.anchorFile);
  try {
    for (const statement of statements)
      if (typeof statement === "string") await asSuperuser(statement);
      else await statement();
    return await log.findings();
  } finally {
    for (const statement of undo) await asSuperuser(statement);
    for (const [index, table] of tables.entries()) {
      await asSuperuser(`DELETE FROM ${table}`);
      await asSuperuser(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
        rows[index],
      ]);
    }
    writeFileSync(log.anchorFile, anchors);
  }
}

async function asSuperuser(statement: string, values: unknown[] = []): Promise<void> {
  const client = await api.owner.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await client.query(statement, values);
  } finally {
    await client.query("SET session_replication_role = DEFAULT");
    client.release();
  }
}

const dump = async (table: string) =>
  (await api.owner.query(`SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]')::text AS rows FROM ${table} t`)).rows[0].rows;
/** The n-th entry of a seal of the home tenant. */
const entryOf = (seal: number, n = 0) =>
  `(SELECT a.id FROM audit_entry a JOIN audit_seal s ON s.tenant_id = a.tenant_id AND s.epoch = a.epoch AND a.xid >= s.from_xid AND a.xid < s.before_xid
     WHERE s.tenant_id = '${api.home.id}' AND s.number = ${seal} ORDER BY a.xid, a.id OFFSET ${n} LIMIT 1)`;
const ofSeal = (number: number) => `tenant_id = '${api.home.id}' AND number = ${number}`;
const copyWith = (seal: number, changes: string) =>
  `INSERT INTO audit_entry SELECT (jsonb_populate_record(a, ${changes})).* FROM audit_entry a WHERE id = ${entryOf(seal)}`;

/** The first of the two entries that somebody wrote words to. */
const worded = (n: number) =>
  `(SELECT id FROM audit_entry WHERE tenant_id = '${api.home.id}' AND words_hash IS NOT NULL ORDER BY at, id OFFSET ${n} LIMIT 1)`;

describe("a superuser of the database who", () => {
  it.each([
    ["removes what somebody wrote to an entry", "words_sealed = NULL"],
    ["removes that anything was written", "words_sealed = NULL, words_hash = NULL"],
    ["puts another hash of it", "words_hash = sha256(words_hash)"],
  ])("%s is found at the entry", async (_, set) => {
    const [found, ...more] = await tampered([`UPDATE audit_entry SET ${set} WHERE id = ${worded(0)}`]);
    expect([found?.kind, more]).toEqual(["entry-changed", []]);
  });

  it("puts the words of one entry to another shows nobody those words", async () => {
    const shown = async () => (await (await api.as("admin")).get("/audit/?action=patient.ssn.reveal")).text;
    expect(await shown()).toContain("Claim of Mrs Tamper");
    await tampered([
      `UPDATE audit_entry a SET words_sealed = b.words_sealed FROM audit_entry b WHERE a.id = ${worded(0)} AND b.id = ${worded(1)}`,
      async () => {
        const text = await shown();
        expect(text).toContain("changed or removed");
        expect(text).not.toContain("Claim of Mrs Tamper");
        expect(text).toContain("Asked by her son");
      },
    ]);
  });

  it("changes an entry is found at the entry", async () => {
    const [found, ...more] = await tampered([`UPDATE audit_entry SET username = 'somebody' WHERE id = ${entryOf(2)}`]);
    expect(found).toMatchObject({
      kind: "entry-changed",
      place: expect.stringMatching(/^entry [0-9a-f-]{36} in seal 2$/),
    });
    expect(more).toEqual([]);
  });

  it("changes an entry and its hash, but has no key for its MAC, is found at the entry", async () => {
    const found = await tampered([
      `UPDATE audit_entry SET action = 'patient.list', leaf = sha256('made up'), mac = sha256('made up') WHERE id = ${entryOf(3)}`,
    ]);
    expect(found).toMatchObject([{ kind: "entry-changed", place: expect.stringContaining("in seal 3") }]);
  });

  it("deletes an entry is found at its seal", async () => {
    const found = await tampered([`DELETE FROM audit_entry WHERE id = ${entryOf(2, 1)}`]);
    expect(found).toMatchObject([
      {
        kind: "entries-deleted",
        place: expect.stringContaining("seal 2 ("),
        detail: expect.stringMatching(/^1 of \d+/),
      },
    ]);
  });

  it("inserts an entry among sealed ones is found at the entry", async () => {
    const found = await tampered([copyWith(2, `'{"id": "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a71"}'`)]);
    expect(found.map(({ kind }) => kind)).toContain("entry-inserted");
    expect(found.find(({ kind }) => kind === "entry-inserted")?.place).toContain(
      "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a71 in seal 2",
    );
  });

  it("inserts an entry behind the last seal is found before it is sealed, and when it is", async () => {
    const insert = copyWith(2, `'{"id": "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a72", "xid": "900000000"}'`);
    expect(await tampered([insert])).toMatchObject([
      { kind: "entry-inserted", place: "entry 0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a72, not sealed yet" },
    ]);
  });

  it("swaps what two entries say is found at both", async () => {
    const [one, two] = [entryOf(2), entryOf(4, 1)];
    const found = await tampered([
      `UPDATE audit_entry a SET action = b.action, entity = b.entity, entity_id = b.entity_id, patient_id = b.patient_id, after = b.after FROM audit_entry b
        WHERE (a.id = ${one} AND b.id = ${two}) OR (a.id = ${two} AND b.id = ${one})`,
    ]);
    expect(found.map(({ kind }) => kind)).toEqual(["entry-changed", "entry-changed"]);
  });

  it("moves a genuine entry into another seal is found at both seals", async () => {
    const found = await tampered([
      `UPDATE audit_entry SET xid = (SELECT from_xid FROM audit_seal WHERE ${ofSeal(4)}) WHERE id = ${entryOf(2)}`,
    ]);
    expect(found).toMatchObject([
      { kind: "entries-deleted", place: expect.stringContaining("seal 2 (") },
      { kind: "entries-moved", place: expect.stringContaining("seal 4 (") },
    ]);
  });

  it("cuts the tail off, entries and seals, is found by the anchor", async () => {
    const found = await tampered([
      `DELETE FROM audit_entry a USING audit_seal s WHERE s.${ofSeal(4)} AND a.tenant_id = s.tenant_id AND a.xid >= s.from_xid`,
      `DELETE FROM audit_seal WHERE tenant_id = '${api.home.id}' AND number >= 4`,
    ]);
    expect(found).toMatchObject([{ kind: "tail-truncated", place: "seals 4 to 5" }]);
  });

  it("takes a seal out is found at its number", async () => {
    const found = await tampered([`DELETE FROM audit_seal WHERE ${ofSeal(3)}`]);
    expect(found[0]).toMatchObject({ kind: "seal-missing", place: "seals 3 to 3" });
  });

  it("changes a seal is found at the seal", async () => {
    expect(await tampered([`UPDATE audit_seal SET entries = entries + 1 WHERE ${ofSeal(3)}`])).toMatchObject([
      { kind: "seal-changed", place: "seal 3" },
    ]);
    expect(
      await tampered([`UPDATE audit_seal SET signature = sha256('x') || sha256('y') WHERE ${ofSeal(2)}`]),
    ).toMatchObject([{ kind: "seal-changed", place: "seal 2", detail: "Its signature does not fit." }]);
  });

  it("seals everything again with a key of their own is found at every seal and at the anchors", async () => {
    const found = await tampered([
      `DELETE FROM audit_entry WHERE id = ${entryOf(2)}`,
      "DELETE FROM audit_seal",
      "DELETE FROM audit_shown",
      async () => void (await log.seal(signerOf(newPem()))),
    ]);
    expect(found[0]).toMatchObject({ kind: "seal-foreign-key", place: "seal 1" });
    expect(found.map(({ kind }) => kind)).toContain("tail-truncated");
  });

  it("seals everything again with the stolen key is found by the anchors", async () => {
    const found = await tampered([
      `DELETE FROM audit_entry WHERE id = ${entryOf(2)}`,
      "DELETE FROM audit_seal",
      "DELETE FROM audit_shown",
      async () => void (await log.seal()),
    ]);
    expect(found.map(({ kind }) => kind)).toContain("tail-truncated");
  });

  it("detaches a partition is found at the partition", async () => {
    const { rows } = await api.owner.query("SELECT DISTINCT tableoid::regclass::text AS name FROM audit_entry");
    const name = String(rows[0].name);
    const [, year, month] = /(\d{4})_(\d{2})$/.exec(name) ?? [];
    const first = new Date(Date.UTC(Number(year), Number(month) - 1, 1)).toISOString();
    const end = new Date(Date.UTC(Number(year), Number(month), 1)).toISOString();
    const found = await tampered(
      [`ALTER TABLE audit_entry DETACH PARTITION ${name}`],
      [`ALTER TABLE audit_entry ATTACH PARTITION ${name} FOR VALUES FROM ('${first}') TO ('${end}')`],
    );
    expect(found.length).toBe(5);
    for (const { kind, place } of found) expect([kind, place]).toEqual(["partition-missing", name]);
  });

  it("changes or shortens the file of anchors is found at the line, or at the seal", async () => {
    const change = (edit: (lines: string[]) => string[]) => async () =>
      writeFileSync(log.anchorFile, `${edit(readFileSync(log.anchorFile, "utf8").trim().split("\n")).join("\n")}\n`);
    const changed = await tampered([
      change(([first = "", ...rest]) => [
        first.replace(/"chain":"(.)/, (_, digit) => `"chain":"${digit === "0" ? 1 : 0}`),
        ...rest,
      ]),
    ]);
    expect(changed.map(({ kind }) => kind)).toContain("anchor-changed");
    expect(changed.find(({ kind }) => kind === "anchor-changed")?.place).toMatch(/:1$/);
    const shortened = await tampered([change((lines) => lines.slice(0, -1))]);
    expect(shortened).toMatchObject([{ kind: "anchor-missing", place: "seal 5" }]);
  });

  it("changes the index of patients shown is found at its seal", async () => {
    const { rows } = await api.owner.query("SELECT * FROM audit_shown ORDER BY seal_number LIMIT 1");
    await asSuperuser("DELETE FROM audit_shown WHERE entry_id = $1 AND patient_id = $2", [
      rows[0].entry_id,
      rows[0].patient_id,
    ]);
    expect(await log.findings()).toMatchObject([{ kind: "index-changed" }]);
    await asSuperuser("INSERT INTO audit_shown SELECT * FROM jsonb_populate_record(NULL::audit_shown, $1)", [
      JSON.stringify(rows[0]),
    ]);
  });
});

describe("the API's own role", () => {
  it("can neither make a MAC of another key pass, nor change, delete, empty or replace anything, on the parent or on a partition", async () => {
    const { rows } = await api.owner.query<{ name: string }>(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit_entry'::regclass",
    );
    let refused = 0;
    for (const name of ["audit_entry", ...rows.map((row) => row.name)]) {
      for (const statement of [
        `UPDATE ${name} SET action = 'x'`,
        `DELETE FROM ${name}`,
        `TRUNCATE ${name}`,
        `DROP TABLE ${name}`,
        `ALTER TABLE ${name} DISABLE TRIGGER ALL`,
        `ALTER TABLE ${name} NO FORCE ROW LEVEL SECURITY`,
        `MERGE INTO ${name} a USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE`,
        `INSERT INTO ${name} SELECT * FROM ${name} ON CONFLICT (tenant_id, at, id) DO UPDATE SET action = 'x'`,
      ]) {
        await expect(api.platform.database.pool.query(statement), statement).rejects.toThrow(
          /permission denied|must be owner/,
        );
        refused++;
      }
    }
    expect(refused).toBe(8 * (rows.length + 1));
    expect(auditMac(new Uint8Array(32), new Uint8Array(32))).not.toEqual(
      auditMac(api.platform.auditKey, new Uint8Array(32)),
    );
  });
});
