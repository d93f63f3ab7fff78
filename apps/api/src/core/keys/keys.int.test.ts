import { openDatabase } from "@infirmary/db/client";
import { testDatabase } from "@infirmary/db/test-support";
import { CutilsError, cutils } from "@infirmary/native";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { runKeyCommand } from "../../keys/run-key-command.ts";
import { beginIn } from "../begin.ts";
import { newId } from "../id.ts";
import { inWork } from "../unit-of-work.ts";
import { FieldKeys } from "./field-keys.ts";
import { ringKeyEncryption } from "./key-encryption.ts";
import { readableText } from "./readable-text.ts";
import { verifyColumn } from "./reseal.ts";
import { listSealedColumns } from "./sealed-column.ts";
import { usesMax } from "./tenant-keys.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const rowsOf = async <T extends object>(sql: string, values: unknown[] = []) =>
  (await api.owner.query<T>(sql, values)).rows;
const keysOf = (tenantId: string) =>
  rowsOf<{ id: string; purpose: string; state: string; wrapped: Buffer | null; use_count: string }>(
    "SELECT * FROM data_key WHERE tenant_id = $1 ORDER BY id",
    [tenantId],
  );
const idsIn = (table: string, column: string) =>
  rowsOf<{ id: number }>(
    `SELECT DISTINCT ('x' || encode(substring(${column} FROM 3 FOR 4), 'hex'))::bit(32)::bigint::int AS id FROM ${table} WHERE tenant_id = $1 AND ${column} IS NOT NULL ORDER BY 1`,
    [api.home.id],
  ).then((rows) => rows.map(({ id }) => id));
/** A second process: the same files, its own memory. */
const command = (name: string, tenantSlug: string | null = "home", isConfirmed = false) => {
  const lines: string[] = [];
  return runKeyCommand(
    {
      database: { ...api.platform.database, pool: ownerPool },
      keys: api.platform.keys,
      auditKey: api.platform.auditKey,
      print: (line) => void lines.push(line),
      isTerminal: false,
      settleMs: 0,
    },
    { command: name, tenantSlug, isConfirmed },
  ).then((code) => ({ code, said: lines.join("") }));
};
let ownerPool: Api["platform"]["database"]["pool"];
beforeAll(async () => {
  const owner = openDatabase((await testDatabase()).ownerUrl, { connectionsMax: 3 });
  ownerPool = owner.pool;
  return () => owner.close();
});

let filled = 0;
async function fill(): Promise<{ patientId: string; orderId: string }> {
  const patient = await registerPatient(api, {
    phone: "+1 212 555 0100",
    email: "jane@example.org",
    address: "1 Main Street",
    ssn: `1${String(23_456_789 + filled++)}`,
  });
  const order = await placeOrder(api, patient);
  const answer = await upload(api, order.id, oruOf(patient, order, [{}]));
  expect(answer.status, answer.text).toBe(201);
  return { patientId: patient.id, orderId: order.id };
}

describe("a tenant's keys", () => {
  it("are made at its first work, one a purpose, and stand in the database wrapped only", async () => {
    await fill();
    const keys = await keysOf(api.home.id);
    expect(keys.map(({ purpose, state }) => `${purpose} ${state}`)).toEqual([
      "field active",
      "message active",
      "answer active",
    ]);
    for (const { wrapped } of keys) expect(wrapped).toHaveLength(34 + 32);
    expect(await idsIn("patient", "phone_sealed")).toEqual([Number(keys[0]?.id)]);
    expect(await idsIn("hl7_message", "raw_sealed")).toEqual([Number(keys[1]?.id)]);
  });

  it("are made once when many processes begin at once", async () => {
    const tenantId = newId();
    const processes = Array.from(
      { length: 8 },
      () =>
        new FieldKeys({
          pool: api.platform.database.pool,
          encryption: { ...api.platform.keys.encryption, dispose: () => undefined },
          indexKey: new Uint8Array(32),
        }),
    );
    await Promise.all(processes.map((keys) => keys.ready(tenantId)));
    expect(await keysOf(tenantId)).toHaveLength(3);
    const place = { tenant: tenantId, table: "patient", column: "phone_sealed", row: "1" };
    const [first, second] = processes as [FieldKeys, FieldKeys];
    expect(second.open(first.seal("212", place), place)).toBe("212");
    await Promise.all(processes.map((keys) => keys.close()));
  });

  it("open nothing that was moved to another row, column, table or tenant, and nothing with a flipped bit", async () => {
    const { keys } = api.platform;
    await Promise.all([keys.ready(api.home.id), keys.ready(api.other.id)]);
    const place = { tenant: api.home.id, table: "patient", column: "phone_sealed", row: newId() };
    const sealed = keys.seal("+1 212 555 0100", place);
    const elsewhere = [
      { ...place, row: newId() },
      { ...place, column: "email_sealed" },
      { ...place, table: "hl7_message" },
      { ...place, table: "visit" },
      { ...place, tenant: api.other.id },
    ];
    for (const other of elsewhere) expect(() => keys.open(sealed, other)).toThrow(CutilsError);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = new Uint8Array(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => keys.open(flipped, place), `bit ${bit}`).toThrow();
    }
    expect(keys.open(sealed, place)).toBe("+1 212 555 0100");
  });

  it("make another token of the same value in another tenant and another field", () => {
    const token = (tenant: string, field: string) => api.platform.keys.tokenHex("123456789", { tenant, field });
    expect(
      new Set([
        token(api.home.id, "patient.ssn"),
        token(api.other.id, "patient.ssn"),
        token(api.home.id, "patient.phone"),
      ]).size,
    ).toBe(3);
  });

  it("count their uses and give way to new ones when they are used up", async () => {
    const { keys } = api.platform;
    await fill();
    await keys.refresh(api.home.id);
    const [field] = await keysOf(api.home.id);
    expect(Number(field?.use_count)).toBeGreaterThanOrEqual(4);
    await api.owner.query("UPDATE data_key SET use_count = $2 WHERE tenant_id = $1 AND purpose = 'field'", [
      api.home.id,
      usesMax,
    ]);
    await keys.refresh(api.home.id);
    const states = (await keysOf(api.home.id)).filter(({ purpose }) => purpose === "field").map(({ state }) => state);
    expect(states).toEqual(["decrypt-only", "active"]);
  });
});

describe("the registry of sealed columns", () => {
  it("is the catalogue: every column of bytes is sealed, or named as what it is", async () => {
    const rows = await rowsOf<{ name: string }>(
      `SELECT c.relname || '.' || a.attname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped AND a.attnum > 0
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND a.atttypid IN ('bytea'::regtype, 'bytea[]'::regtype) AND a.attname !~ '_sealed$' ORDER BY 1`,
    );
    // Digests, signatures, public and wrapped keys: by their nature none of these holds what a person told us.
    const isNoContent =
      /\.(\w+_)?(token|hash|mac|leaf|root|chain|signature|subject|wrapped|public_key|credential_id)s?$/;
    expect(rows.map(({ name }) => name).filter((name) => !isNoContent.test(name))).toEqual([]);
  });

  it("holds every text that a person can write freely, or names why it may be read", async () => {
    const rows = await rowsOf<{ name: string }>(
      `SELECT c.relname || '.' || a.attname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped AND a.attnum > 0
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'varchar'::regtype, 'varchar[]'::regtype, 'json'::regtype, 'jsonb'::regtype, 'jsonb[]'::regtype)
          AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped)
          AND NOT EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = c.oid AND s.attname = a.attname || '_sealed' AND NOT s.attisdropped)
          -- A list or a pattern of the column's own says what can stand in it.
          AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
                             AND pg_get_constraintdef(k.oid) ~ '= ANY \\(|~ ''\\^') ORDER BY 1`,
    );
    const reviewed = Object.values(readableText).flat();
    expect(rows.map(({ name }) => name).filter((name) => !reviewed.includes(name))).toEqual([]);
    expect(reviewed.filter((name) => !rows.some((row) => row.name === name))).toEqual([]);
    expect(new Set(reviewed).size).toBe(reviewed.length);
  });

  it("knows the place of every value: all open", async () => {
    await fill();
    const columns = await listSealedColumns(api.platform.database.pool);
    expect(columns.map(({ table, column }) => `${table}.${column}`)).toEqual(
      expect.arrayContaining(["hl7_message.raw_sealed", "idempotency_key.answer_sealed", "patient.ssn_sealed"]),
    );
    // As their owner: nobody else reads a partition by its own name.
    const resealing = { pool: ownerPool, keys: api.platform.keys, tenantId: api.home.id };
    for (const column of columns) expect((await verifyColumn(resealing, column)).failed, column.column).toEqual([]);
  });
});

describe("keys:rotate", () => {
  it("seals every value anew while the product reads and writes, and opens each to verify", async () => {
    const { patientId, orderId } = await fill();
    await (await api.as("nurse")).post(
      "/patients/",
      { firstName: "A", lastName: "B", dateOfBirth: "1990-01-01", gender: "other" },
      { "idempotency-key": "kept|with|bars" },
    );
    const before = (await keysOf(api.home.id)).map(({ id }) => Number(id));
    let isOver = false;
    const nurse = await api.as("nurse");
    const serving = (async () => {
      let requests = 0;
      let phone = "+1 212 555 0100";
      for (; !isOver || requests < 5; requests++) {
        const read = await nurse.get(`/patients/${patientId}/`);
        expect([read.status, read.body.phone], read.text).toEqual([200, phone]);
        phone = `+1 212 555 ${1000 + requests}`;
        const written = await nurse.put(`/patients/${patientId}/`, { ...read.body, phone });
        expect(written.status, written.text).toBe(200);
      }
      return requests;
    })();
    const { code, said } = await command("rotate");
    isOver = true;
    expect(await serving).toBeGreaterThanOrEqual(5);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/^home: \d+ values sealed anew, \d+ opened to verify, 0 failed/),
    ]);
    await command("rotate"); // whatever was written under an old key meanwhile
    for (const [table, column] of [
      ["patient", "phone_sealed"],
      ["patient", "ssn_sealed"],
      ["hl7_message", "raw_sealed"],
      ["idempotency_key", "answer_sealed"],
    ] as const) {
      const ids = await idsIn(table, column);
      expect(
        ids.every((id) => !before.includes(id)),
        `${table}.${column}`,
      ).toBe(true);
    }
    expect((await (await api.as("doctor")).get(`/lab-orders/${orderId}/results/`)).status).toBe(200);
  });

  it("goes on where it was cut off, with the keys it had made", async () => {
    await fill();
    await api.owner.query(
      "INSERT INTO key_run (tenant_id, id, kind, columns, started_at) VALUES ($1, $2, 'rotate', '{}', now() + interval '1 second')",
      [api.home.id, newId()],
    );
    const before = await keysOf(api.home.id);
    expect((await command("rotate")).code).toBe(0);
    expect(await keysOf(api.home.id)).toHaveLength(before.length);
    const [last] = await rowsOf<{ finished_at: Date | null; verified_count: string }>(
      "SELECT * FROM key_run WHERE tenant_id = $1 ORDER BY started_at DESC LIMIT 1",
      [api.home.id],
    );
    expect(last?.finished_at).not.toBeNull();
    expect(Number(last?.verified_count)).toBeGreaterThan(0);
  });

  it("names a value that does not open, ends with 1 and leaves the value as it is", async () => {
    const { patientId } = await fill();
    await api.owner.query(
      "UPDATE patient SET email_sealed = set_byte(email_sealed, 20, get_byte(email_sealed, 20) # 1) WHERE id = $1",
      [patientId],
    );
    const { code, said } = await command("rotate");
    expect([code, said]).toEqual([1, expect.stringContaining(`does not open: patient.email_sealed ${patientId}`)]);
    await api.owner.query("UPDATE patient SET email_sealed = NULL WHERE id = $1", [patientId]);
    expect((await command("rotate")).code).toBe(0);
  });

  it("destroys old keys only when nothing hangs on them", async () => {
    await fill();
    await command("rotate");
    expect((await command("destroy-old")).said).toMatch(/^home: [1-9]\d* keys destroyed/);
    expect((await keysOf(api.home.id)).filter(({ state }) => state === "decrypt-only")).toEqual([]);
    expect((await (await api.as("nurse")).get("/patients/")).status).toBe(200);
  });

  it("is audited", async () => {
    const actions = await rowsOf<{ action: string }>("SELECT DISTINCT action FROM audit_entry WHERE entity = 'key'");
    expect(actions.map(({ action }) => action).sort()).toEqual(["key.destroy-old", "key.rotate"]);
  });
});

describe("an upgrade", () => {
  it("seals anew what stands under a key of the installation, once", async () => {
    const { patientId } = await fill();
    const place = { tenant: api.home.id, table: "patient", column: "phone_sealed", row: patientId };
    const key = new Uint8Array(32).fill(7);
    const old = new cutils.KeyRing({ keys: [{ id: 1, key, state: "active" }], indexKey: new Uint8Array(32) });
    const keys = new FieldKeys({
      pool: ownerPool,
      encryption: {
        ...api.platform.keys.encryption,
        open: ringKeyEncryption([{ id: 1, key, state: "active" }]).open,
        dispose: () => undefined,
      },
      indexKey: new Uint8Array(32),
    });
    await api.owner.query("UPDATE patient SET phone_sealed = $2 WHERE id = $1", [
      patientId,
      Buffer.from(old.seal("+44 1", place)),
    ]);
    const lines: string[] = [];
    const parts = {
      database: { ...api.platform.database, pool: ownerPool },
      keys,
      auditKey: api.platform.auditKey,
      print: (line: string) => void lines.push(line),
      isTerminal: false,
    };
    expect(await runKeyCommand(parts, { command: "settle", tenantSlug: "home", isConfirmed: false })).toBe(0);
    expect(lines.join("")).toMatch(/^home: [1-9]\d* values sealed anew/);
    expect((await (await api.as("nurse")).get(`/patients/${patientId}/`)).body.phone).toBe("+44 1");
    lines.length = 0;
    await runKeyCommand(parts, { command: "settle", tenantSlug: "home", isConfirmed: false });
    expect(lines).toEqual([]);
    await keys.close();
  });

  it("moves what an older version kept readable into its sealed column, and shows it as before", async () => {
    const { patientId, orderId } = await fill();
    const doctor = await api.as("doctor");
    const reviewed = await doctor.put(`/lab-orders/${orderId}/status/`, {
      status: "REVIEWED",
      comment: "Ask Jane Doe",
    });
    expect(reviewed.status, reviewed.text).toBe(200);
    const clear = (await listSealedColumns(api.platform.database.pool)).filter((column) => column.clear);
    expect(clear.map(({ table, column }) => `${table}.${column}`)).toEqual([
      "audit_hold.reason_sealed",
      "audit_hold.release_reason_sealed",
      "break_glass.reason_text_sealed",
      "break_glass.review_comment_sealed",
      "hl7_message.file_name_sealed",
      "observation.notes_sealed",
      "result_review.comment_sealed",
      "service_order.cancel_reason_sealed",
      "service_order.notes_sealed",
      "unmatched_message.file_name_sealed",
      "unmatched_message.resolution_sealed",
    ]);
    // As the version before left it.
    for (const [table, set, where] of [
      ["service_order", "notes = 'Her sister Ann knows'", `id = '${orderId}'`],
      ["result_review", "comment = 'Ask Jane Doe', comment_sealed = NULL", `order_id = '${orderId}'`],
      ["observation", "notes = '{Seen by Dr. Doe,Twice}'", `order_id = '${orderId}'`],
      ["hl7_message", "file_name = 'doe.hl7', file_name_sealed = NULL", `order_id = '${orderId}'`],
    ]) {
      await api.owner.query(
        `ALTER TABLE ${table} DISABLE TRIGGER USER; UPDATE ${table} SET ${set} WHERE ${where}; ALTER TABLE ${table} ENABLE TRIGGER USER`,
      );
    }
    const shown = async () => {
      expect((await doctor.get(`/lab-orders/${orderId}/`)).body).toMatchObject({
        patientId,
        notes: "Her sister Ann knows",
        review: { comment: "Ask Jane Doe" },
      });
      const { body } = await doctor.get(`/lab-orders/${orderId}/results/`);
      expect(body).toMatchObject({ items: [{ notes: ["Seen by Dr. Doe", "Twice"] }] });
      const { text } = await doctor.call("result.messages", { orderId });
      expect(text).toContain(`"fileName":"doe.hl7"`);
    };
    // Written by a process of the older version that still runs.
    await shown();
    await api.owner.query("DELETE FROM key_run WHERE kind = 'settle'");
    expect((await command("settle")).code).toBe(0);
    const left = await rowsOf<{ texts: (string | null)[] }>(
      `SELECT ARRAY[o.notes, r.comment, b.notes::text, m.file_name] AS texts FROM service_order o JOIN result_review r ON r.order_id = o.id
         JOIN observation b ON b.order_id = o.id JOIN hl7_message m ON m.order_id = o.id WHERE o.id = $1`,
      [orderId],
    );
    expect(left[0]?.texts).toEqual([null, null, "{}", null]);
    await shown();
  });

  it("lets nobody but the owner touch what is append-only, and the owner nothing but sealed values", async () => {
    const { rows } = await api.owner.query("SELECT id FROM hl7_message LIMIT 1");
    const { id } = rows[0] as { id: string };
    const attempt = (pool: Api["owner"] | Api["platform"]["database"]["pool"], set: string) =>
      (async () => {
        const client = await pool.connect();
        try {
          await client.query(beginIn({ tenantId: api.home.id }));
          await client.query("SELECT set_config('app.reseal', 'on', true)");
          await client.query(`UPDATE hl7_message SET ${set} WHERE id = $1`, [id]);
        } finally {
          await client.query("ROLLBACK");
          client.release();
        }
      })();
    await expect(attempt(api.platform.database.pool, "raw_sealed = raw_sealed")).rejects.toThrow(/permission denied/);
    await expect(attempt(api.owner, "control_id = 'other'")).rejects.toThrow(/append-only/);
    await expect(attempt(api.owner, "raw_sealed = '\\x00', size_bytes = 1")).rejects.toThrow(/append-only/);
    await attempt(api.owner, "raw_sealed = '\\x00'");
    await expect(api.owner.query("UPDATE hl7_message SET raw_sealed = '\\x00' WHERE id = $1", [id])).rejects.toThrow(
      /append-only/,
    );
  });
});

describe("destroying a tenant's keys", () => {
  it("asks to be told twice, and leaves no value of that tenant readable and all of the others", async () => {
    await expect(command("destroy", null)).rejects.toThrow(/--tenant/);
    await expect(command("destroy", "other")).rejects.toThrow(/--yes/);
    await expect(command("rotate", "nobody")).rejects.toThrow("There is no tenant nobody.");
    await api.platform.keys.ready(api.other.id);
    const place = { tenant: api.other.id, table: "patient", column: "phone_sealed", row: newId() };
    const sealed = api.platform.keys.seal("+1", place);
    expect((await command("destroy", "other", true)).said).toBe("other: 3 keys destroyed\n");
    expect(() => api.platform.keys.open(sealed, place)).toThrow(CutilsError);
    expect(() => api.platform.keys.seal("+1", place)).toThrow(CutilsError);
    const scope = { tenantId: api.other.id, actor: null, requestId: newId(), ip: null };
    await inWork(api.platform, scope, async () => undefined);
    expect((await keysOf(api.other.id)).every(({ wrapped }) => wrapped === null)).toBe(true);
    expect((await (await api.as("nurse")).get("/patients/")).status).toBe(200);
  });
});
