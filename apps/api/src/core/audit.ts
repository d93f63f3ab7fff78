import type { Connection } from "@infirmary/db/client";
import { type AuditRecord, auditLeaf, auditMac, auditPayload } from "./audit-record.ts";
import { sealWords } from "./audit-words.ts";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";

/** One thing done or seen. `before` and `after` hold only what changed; sealed values never stand in them. */
export type AuditInput = {
  /** `capability.verb`, as `patient.read`. */
  action: string;
  entity: string;
  entityId?: string | null;
  patientId?: string | null;
  outcome?: "success" | "refused" | "failed";
  /** Why it came out so, in words of ours: never what a person wrote. */
  reason?: string | null;
  /** What a person wrote beside it, which can name somebody: kept sealed. */
  words?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Whose deed it is where nobody is signed in: a sign-in, a registration, a message over an interface. */
  by?: { userId: string | null; username: string };
  /** In whose name and for which request, where one transaction does the work of several. */
  scope?: Scope;
  /** The patient may be out of the person's scope: breaking the glass, reviewing that it was, looking at the log. */
  outOfScope?: boolean;
};

export type SealingKeys = Parameters<typeof sealWords>[0];
/** A record with the words that belong to its `wordsHash`. */
export type SealedRecord = AuditRecord & { wordsSealed?: Buffer };

const columns =
  "tenant_id uuid, id uuid, at timestamptz, user_id uuid, username text, role text, facility_id uuid, session_id uuid, action text, entity text, entity_id text, patient_id uuid, outcome text, reason text, before jsonb, after jsonb, ip text, request_id text, leaf bytea, mac bytea, words_sealed bytea, words_hash bytea".split(
    ", ",
  );
const insertHead = `INSERT INTO audit_entry (${columns.map((column) => column.split(" ")[0]).join(", ")})`;
const insertOne = `${insertHead} VALUES (${columns.map((_, index) => `$${index + 1}`).join(", ")})`;
const insertMany = `${insertHead} SELECT * FROM unnest(${columns.map((column, index) => `$${index + 1}::${column.split(" ")[1]}[]`).join(", ")})`;

/** Writes the entries in the running transaction: where they cannot be written, nothing else is. `key` is the log's MAC key, `keys` seal what people wrote. */
export async function writeAudit(
  connection: Connection,
  { scope, key, keys, at }: { scope: Scope; key: Uint8Array; keys: SealingKeys; at: Date },
  entries: readonly AuditInput[],
): Promise<void> {
  if (entries.length === 0) return;
  const records = entries.map((entry) => toRecord(entry.scope ?? scope, entry, { at, keys }));
  await insertAudit(connection, { key, records });
}

/** Writes records as they are, each with its hash and its MAC. */
export async function insertAudit(
  connection: Connection,
  { key, records }: { key: Uint8Array; records: readonly SealedRecord[] },
): Promise<void> {
  const rows = records.map((record) => valuesOf(record, key));
  const [first] = rows;
  // Two texts, prepared once each: one entry, nearly always, and as many as there are.
  if (rows.length === 1 && first) await connection.query({ name: "audit1", text: insertOne, values: first });
  else
    await connection.query({
      name: "audits",
      text: insertMany,
      values: columns.map((_, column) => rows.map((row) => row[column])),
    });
}

/** The entry as it is stored, with an id of its own. */
export function toRecord(scope: Scope, entry: AuditInput, { at, keys }: { at: Date; keys: SealingKeys }): SealedRecord {
  const { actor, tenantId } = scope;
  const id = newId();
  return {
    tenantId,
    id,
    at: at.toISOString(),
    userId: actor?.userId ?? entry.by?.userId ?? null,
    username: actor?.username ?? entry.by?.username ?? null,
    role: actor?.roles.join(",") ?? null,
    facilityId: actor?.facility.id ?? null,
    sessionId: actor?.id ?? null,
    action: entry.action,
    entity: entry.entity,
    entityId: entry.entityId ?? null,
    patientId: entry.patientId?.toLowerCase() ?? null,
    outcome: entry.outcome ?? "success",
    reason: entry.reason ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    ip: scope.ip,
    requestId: scope.requestId,
    ...sealWords(keys, { tenantId, id }, entry.words),
  };
}

function valuesOf({ wordsSealed, ...record }: SealedRecord, key: Uint8Array): unknown[] {
  const leaf = auditLeaf(auditPayload(record));
  return [
    record.tenantId,
    record.id,
    record.at,
    record.userId,
    record.username,
    record.role,
    record.facilityId,
    record.sessionId,
    record.action,
    record.entity,
    record.entityId,
    record.patientId,
    record.outcome,
    record.reason,
    record.before ? JSON.stringify(record.before) : null,
    record.after ? JSON.stringify(record.after) : null,
    record.ip,
    record.requestId,
    leaf,
    auditMac(key, leaf),
    wordsSealed ?? null,
    record.wordsHash ? Buffer.from(record.wordsHash, "hex") : null,
  ];
}

/** Before and after of the fields that differ; null when none does. Values of `secret` fields are only said to have changed. */
export function changesOf(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  secret: readonly string[] = [],
) {
  const keys = Object.keys(after).filter(
    (key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );
  if (keys.length === 0) return null;
  const shown = (record: Record<string, unknown>) =>
    Object.fromEntries(
      keys.map((key) => [
        key,
        secret.includes(key) ? (record[key] == null ? null : "(sealed)") : (record[key] ?? null),
      ]),
    );
  return { before: shown(before), after: shown(after) };
}
