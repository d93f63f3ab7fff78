import type { Connection } from "@infirmary/db/client";
import type { AuditRecord } from "../../../core/audit-record.ts";
import type { Seal } from "./statement.ts";

export type SealHead = { number: number; epoch: number; beforeXid: string; chain: string };
export type SealRange = { epoch: number; fromXid: string; beforeXid: string };
export type UnsealedRow = {
  epoch: number;
  xid: string;
  id: string;
  at: Date;
  leaf: Uint8Array | null;
  mac: Uint8Array | null;
};
type Queryable = Pick<Connection, "query">;

/** Everything before this transaction id has ended, for ever; and the epoch it counts in. */
export async function readHorizon(pool: Queryable): Promise<{ horizon: string; epoch: number }> {
  const { rows } = await pool.query<{ horizon: string; epoch: number }>(
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, ensure_audit_epoch() AS epoch",
  );
  const [row] = rows;
  if (!row) throw new Error("The database gave no horizon.");
  return row;
}

export async function tenantsToSeal(pool: Queryable, horizon: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>("SELECT unsealed_tenants($1::xid8) AS id", [horizon]);
  return rows.map(({ id }) => id);
}

/** Whether this transaction may seal the tenant; nobody else does until it ends. Writers of entries never wait for it. */
export async function claimSealing(connection: Connection, tenantId: string): Promise<boolean> {
  const { rows } = await connection.query<{ claimed: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtext('audit_seal'), hashtext($1)) AS claimed",
    [tenantId],
  );
  return rows[0]?.claimed ?? false;
}

export async function findHead(connection: Connection, tenantId: string): Promise<SealHead | null> {
  const { rows } = await connection.query<SealHead>(
    `SELECT number::float8 AS number, epoch, before_xid::text AS "beforeXid", encode(chain, 'hex') AS chain
       FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1`,
    [tenantId],
  );
  return rows[0] ?? null;
}

/** Entries behind the head and before the horizon, in the order they are sealed; `limit` null for all. */
export async function listUnsealed(
  connection: Connection,
  { tenantId, from, before, limit }: { tenantId: string; from: Place; before: Place; limit: number | null },
): Promise<UnsealedRow[]> {
  const { rows } = await connection.query<UnsealedRow>(
    `SELECT epoch, xid::text AS xid, id, at, leaf, mac FROM audit_entry
      WHERE tenant_id = $1 AND (epoch, xid) >= ($2, $3::xid8) AND (epoch, xid) < ($4, $5::xid8)
      ORDER BY epoch, audit_entry.xid, id LIMIT $6`,
    [tenantId, from.epoch, from.xid, before.epoch, before.xid, limit],
  );
  return rows;
}
export type Place = { epoch: number; xid: string };

/** The entries of epoch 0, which were written without a hash of their own, in the order they are sealed. */
export async function listRecords(connection: Connection, tenantId: string): Promise<AuditRecord[]> {
  const { rows } = await connection.query<Omit<AuditRecord, "at"> & { at: Date }>(
    `SELECT tenant_id AS "tenantId", id, at, user_id AS "userId", username, role, facility_id AS "facilityId", session_id AS "sessionId", action, entity,
            entity_id AS "entityId", patient_id AS "patientId", outcome, reason, before, after, ip, request_id AS "requestId"
       FROM audit_entry WHERE tenant_id = $1 AND epoch = 0 ORDER BY id`,
    [tenantId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function insertSeal(connection: Connection, seal: Seal): Promise<void> {
  await connection.query(
    `INSERT INTO audit_seal (tenant_id, number, epoch, from_xid, before_xid, entries, first_at, last_at, root, chain, key_id, signature, sealed_at)
     VALUES ($1, $2, $3, $4::xid8, $5::xid8, $6, $7, $8, decode($9, 'hex'), decode($10, 'hex'), $11, $12, $13)`,
    [
      seal.tenantId,
      seal.number,
      seal.epoch,
      seal.fromXid,
      seal.beforeXid,
      seal.entries,
      seal.firstAt,
      seal.lastAt,
      seal.root,
      seal.chain,
      seal.keyId,
      seal.signature,
      seal.sealedAt,
    ],
  );
}

/** Notes which patients the lists and searches of a seal showed. */
export async function insertShown(
  connection: Connection,
  { tenantId, number, epoch, fromXid, beforeXid }: SealRange & { tenantId: string; number: number },
): Promise<void> {
  await connection.query(
    `INSERT INTO audit_shown (tenant_id, patient_id, at, entry_id, seal_number)
     SELECT DISTINCT a.tenant_id, shown::uuid, a.at, a.id, $2::bigint FROM audit_entry a CROSS JOIN LATERAL jsonb_array_elements_text(a.after -> 'patientIds') shown
      WHERE a.tenant_id = $1 AND a.epoch = $3 AND a.xid >= $4::xid8 AND a.xid < $5::xid8
        AND jsonb_typeof(a.after -> 'patientIds') = 'array' AND shown ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`,
    [tenantId, number, epoch, fromXid, beforeXid],
  );
}

/** When the oldest entry behind the head was written; null where all are sealed. */
export async function oldestUnsealed(connection: Connection, tenantId: string, head: SealHead | null) {
  const { rows } = await connection.query<{ at: Date | null; entries: number }>(
    "SELECT min(at) AS at, count(*)::int AS entries FROM audit_entry WHERE tenant_id = $1 AND (epoch, xid) >= ($2, $3::xid8)",
    [tenantId, head?.epoch ?? 0, head?.beforeXid ?? "0"],
  );
  return { at: rows[0]?.at ?? null, entries: rows[0]?.entries ?? 0 };
}
