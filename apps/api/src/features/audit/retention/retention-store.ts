import type { Connection } from "@infirmary/db/client";
import type { AuditHold } from "@infirmary/shared/audit";
import type { AuditRecord } from "../../../core/audit-record.ts";
import { sealedOrReadable } from "../../../core/sealed-text.ts";
import type { Seal } from "../seal/statement.ts";

type Queryable = Pick<Connection, "query">;

/** First days of the months that are over for seven years, by the database's clock. */
export async function expiredMonths(pool: Queryable): Promise<string[]> {
  const { rows } = await pool.query<{ month: string }>(
    "SELECT m::text AS month FROM expired_audit_months((now() AT TIME ZONE 'UTC')::date) m",
  );
  return rows.map(({ month }) => month);
}

export async function isHeld(connection: Queryable, month: string): Promise<boolean> {
  const { rows } = await connection.query<{ held: boolean }>("SELECT audit_month_is_held($1::date) AS held", [month]);
  return rows[0]?.held ?? true;
}

export async function isArchived(pool: Queryable, month: string): Promise<boolean> {
  return (await pool.query("SELECT FROM audit_archive WHERE month = $1", [month])).rowCount === 1;
}

export async function insertArchive(
  pool: Queryable,
  archive: { month: string; file: string; sha256: string; entries: number; keyId: string; signature: Uint8Array },
): Promise<void> {
  await pool.query(
    "INSERT INTO audit_archive (month, file, sha256, entries, key_id, signature) VALUES ($1, $2, $3, $4, $5, $6)",
    [archive.month, archive.file, archive.sha256, archive.entries, archive.keyId, archive.signature],
  );
}

export async function dropMonth(pool: Queryable, month: string): Promise<void> {
  await pool.query("SELECT drop_audit_month($1::date)", [month]);
}

/** The tenant's seals that hold an entry of the month. */
export async function sealsOfMonth(connection: Connection, { tenantId, month }: { tenantId: string; month: string }) {
  const { rows } = await connection.query<
    Omit<Seal, "firstAt" | "lastAt" | "sealedAt" | "previous"> & Record<"firstAt" | "lastAt" | "sealedAt", Date>
  >(
    `SELECT tenant_id AS "tenantId", number::float8 AS number, epoch, from_xid::text AS "fromXid", before_xid::text AS "beforeXid", entries, first_at AS "firstAt", last_at AS "lastAt",
            encode(root, 'hex') AS root, encode(chain, 'hex') AS chain, key_id AS "keyId", signature, sealed_at AS "sealedAt"
       FROM audit_seal WHERE tenant_id = $1 AND first_at < ($2::date + interval '1 month')::timestamp AT TIME ZONE 'UTC' AND last_at >= $2::date::timestamp AT TIME ZONE 'UTC' ORDER BY number`,
    [tenantId, month],
  );
  return rows;
}

/** All entries of a seal, in the order they were sealed; `words` sealed, in base64. */
export async function entriesOfSeal(
  connection: Connection,
  seal: { tenantId: string; epoch: number; fromXid: string; beforeXid: string },
): Promise<{ record: AuditRecord; mac: string | null; words: string | null }[]> {
  const { rows } = await connection.query<
    Omit<AuditRecord, "at" | "wordsHash"> & {
      at: Date;
      mac: string | null;
      wordsHash: string | null;
      words: string | null;
    }
  >(
    `SELECT tenant_id AS "tenantId", id, at, user_id AS "userId", username, role, facility_id AS "facilityId", session_id AS "sessionId", action, entity,
            entity_id AS "entityId", patient_id AS "patientId", outcome, reason, before, after, ip, request_id AS "requestId", encode(mac, 'hex') AS mac,
            encode(words_hash, 'hex') AS "wordsHash", translate(encode(words_sealed, 'base64'), E'\\n', '') AS words
       FROM audit_entry WHERE tenant_id = $1 AND epoch = $2 AND xid >= $3::xid8 AND xid < $4::xid8 ORDER BY xid, id`,
    [seal.tenantId, seal.epoch, seal.fromXid, seal.beforeXid],
  );
  return rows.map(({ mac, at, wordsHash, words, ...row }) => ({
    record: { ...row, at: at.toISOString(), ...(wordsHash ? { wordsHash } : {}) },
    mac,
    words,
  }));
}

/** Entries in the partition for months that have none: nothing should ever be there. */
export async function countDefault(connection: Connection, tenantId: string): Promise<number> {
  const { rows } = await connection.query<{ entries: number }>(
    "SELECT count(*)::int AS entries FROM audit_entry WHERE tenant_id = $1 AND tableoid = to_regclass('audit_entry_default')",
    [tenantId],
  );
  return rows[0]?.entries ?? 0;
}

export type HoldRow = Omit<AuditHold, "placedAt" | "releasedAt" | "reason" | "releaseReason"> & {
  reason_sealed: Buffer | null;
  release_reason_sealed: Buffer | null;
  placed_at: Date;
  released_at: Date | null;
};

export async function listHolds(connection: Connection, tenantId: string): Promise<HoldRow[]> {
  const { rows } = await connection.query<HoldRow>(
    `SELECT h.id, h.from_day::text AS "fromDay", h.to_day::text AS "toDay", ${sealedOrReadable("h.reason")}, u.full_name AS "placedBy", h.placed_at, h.released_at, ${sealedOrReadable("h.release_reason")}
       FROM audit_hold h JOIN user_account u ON u.tenant_id = h.tenant_id AND u.id = h.placed_by_id
      WHERE h.tenant_id = $1 ORDER BY h.released_at IS NOT NULL, h.placed_at DESC LIMIT 500`,
    [tenantId],
  );
  return rows;
}

export async function insertHold(
  connection: Connection,
  hold: {
    tenantId: string;
    id: string;
    fromDay: string;
    toDay: string;
    reasonSealed: Buffer | null;
    placedById: string;
    at: Date;
  },
): Promise<void> {
  await connection.query(
    "INSERT INTO audit_hold (tenant_id, id, from_day, to_day, reason_sealed, placed_by_id, placed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [hold.tenantId, hold.id, hold.fromDay, hold.toDay, hold.reasonSealed, hold.placedById, hold.at],
  );
}

/** Whether there was such a hold, not released yet. */
export async function releaseHoldRow(
  connection: Connection,
  {
    tenantId,
    id,
    by,
    reasonSealed,
    at,
  }: { tenantId: string; id: string; by: string; reasonSealed: Buffer | null; at: Date },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    "UPDATE audit_hold SET released_by_id = $3, release_reason_sealed = $4, released_at = $5 WHERE tenant_id = $1 AND id = $2 AND released_at IS NULL",
    [tenantId, id, by, reasonSealed, at],
  );
  return rowCount === 1;
}
