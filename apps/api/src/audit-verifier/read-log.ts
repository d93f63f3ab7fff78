import type pg from "pg";

export type Reader = Pick<pg.ClientBase, "query">;
export type SealRow = Record<
  "tenantId" | "fromXid" | "beforeXid" | "firstAt" | "lastAt" | "root" | "sealedAt",
  string
> & {
  number: number;
  epoch: number;
  entries: number;
  chain: string;
  keyId: string;
  signature: string;
};
export type EntryRow = {
  /** The columns that are hashed, by the names they are hashed under. */
  record: Record<string, unknown> & { id: string; after: { patientIds?: unknown } | null; patientId: string | null };
  epoch: number;
  xid: string;
  leaf: string | null;
  mac: string | null;
};
/** A place in the log: transaction ids count within an epoch. */
export type Position = { number: number; chain: string; epoch: number; xid: string };

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export async function readSeals(reader: Reader, tenantId: string, after: number, limit: number): Promise<SealRow[]> {
  const { rows } = await reader.query<SealRow>(
    `SELECT tenant_id AS "tenantId", number::float8 AS number, epoch, from_xid::text AS "fromXid", before_xid::text AS "beforeXid", entries, ${utc("first_at")} AS "firstAt",
            ${utc("last_at")} AS "lastAt", encode(root, 'hex') AS root, ${utc("sealed_at")} AS "sealedAt", encode(chain, 'hex') AS chain, key_id AS "keyId",
            translate(encode(signature, 'base64'), E'\\n', '') AS signature
       FROM audit_seal WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows;
}

/** Entries from one place to before another (null: the end), in the order they are sealed. */
export async function readEntries(
  reader: Reader,
  tenantId: string,
  from: Position,
  to: Position | null,
): Promise<EntryRow[]> {
  const { rows } = await reader.query<EntryRow>(
    `SELECT jsonb_build_object('tenantId', tenant_id, 'id', id, 'at', ${utc("at")}, 'userId', user_id, 'username', username, 'role', role, 'facilityId', facility_id,
              'sessionId', session_id, 'action', action, 'entity', entity, 'entityId', entity_id, 'patientId', patient_id, 'outcome', outcome, 'reason', reason,
              'before', before, 'after', after, 'ip', ip, 'requestId', request_id)
              || CASE WHEN words_sealed IS NULL THEN '{}' ELSE jsonb_build_object('wordsHash', encode(words_hash, 'hex')) END AS record,
            epoch, xid::text AS xid, encode(leaf, 'hex') AS leaf, encode(mac, 'hex') AS mac
       FROM audit_entry WHERE tenant_id = $1 AND (epoch, xid) >= ($2, $3::xid8) AND ($4::int IS NULL OR (epoch, xid) < ($4, $5::xid8))
      ORDER BY epoch, audit_entry.xid, id`,
    [tenantId, from.epoch, from.xid, to?.epoch ?? null, to?.xid ?? null],
  );
  return rows;
}

/** How many patients the index of lists holds for each of these seals. */
export async function readShown(
  reader: Reader,
  tenantId: string,
  from: number,
  to: number,
): Promise<Map<number, number>> {
  const { rows } = await reader.query<{ number: number; shown: number }>(
    `SELECT seal_number::float8 AS number, count(*)::int AS shown FROM audit_shown WHERE tenant_id = $1 AND seal_number BETWEEN $2 AND $3 GROUP BY seal_number`,
    [tenantId, from, to],
  );
  return new Map(rows.map(({ number, shown }) => [number, shown]));
}

/** The months that have a partition: `2026_11`. */
export async function readMonths(reader: Reader): Promise<Set<string>> {
  const { rows } = await reader.query<{ name: string }>(
    "SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass('audit_entry')",
  );
  return new Set(rows.map(({ name }) => name.replace("audit_entry_", "")));
}

export type ArchiveRow = { month: string; sha256: string; entries: number; keyId: string; signature: string };

/** Months that were exported and dropped, seven years after their end. */
export async function readArchives(reader: Reader): Promise<ArchiveRow[]> {
  const { rows } = await reader.query<ArchiveRow>(
    `SELECT month::text AS month, sha256, entries::float8 AS entries, key_id AS "keyId", translate(encode(signature, 'base64'), E'\\n', '') AS signature
       FROM audit_archive WHERE dropped_at IS NOT NULL AND (month + interval '1 month' + interval '7 years')::date <= now()::date`,
  );
  return rows;
}

/** The seals noted as anchored at a place before a time. */
export async function readAnchored(reader: Reader, tenantId: string, place: string, before: Date): Promise<number[]> {
  const { rows } = await reader.query<{ number: number }>(
    "SELECT number::float8 AS number FROM audit_anchor WHERE tenant_id = $1 AND place = $2 AND anchored_at < $3 ORDER BY number",
    [tenantId, place, before],
  );
  return rows.map(({ number }) => number);
}
