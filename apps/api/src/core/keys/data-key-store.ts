import type { Connection } from "@infirmary/db/client";
import { firstDataKeyId } from "./key-encryption.ts";
import type { Purpose } from "./purpose.ts";

type Scoped = { tenantId: string };

export type DataKeyRow = {
  id: string;
  purpose: string;
  state: "active" | "decrypt-only" | "destroyed";
  wrapped: Buffer | null;
  use_count: string;
};

export async function listDataKeys(connection: Connection, { tenantId }: Scoped): Promise<DataKeyRow[]> {
  const { rows } = await connection.query<DataKeyRow>({
    name: "data-keys",
    text: "SELECT id, purpose, state, wrapped, use_count FROM data_key WHERE tenant_id = $1 ORDER BY id",
    values: [tenantId],
  });
  return rows;
}

/** Holds the tenant's keys until the commit, so that two processes do not make the same ones. */
export async function lockDataKeys(connection: Connection, { tenantId }: Scoped): Promise<void> {
  await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('data_key' || $1::text, 0))", [tenantId]);
}

/** The next free id of the tenant; hold its keys first. */
export async function nextDataKeyId(connection: Connection, { tenantId }: Scoped): Promise<number> {
  const { rows } = await connection.query<{ next: string }>(
    "SELECT COALESCE(max(id) + 1, $2) AS next FROM data_key WHERE tenant_id = $1",
    [tenantId, firstDataKeyId],
  );
  return Number(rows[0]?.next);
}

export async function insertDataKey(
  connection: Connection,
  { tenantId, id, purpose, wrapped }: Scoped & { id: number; purpose: Purpose; wrapped: Uint8Array },
): Promise<void> {
  await connection.query(
    "INSERT INTO data_key (tenant_id, id, purpose, state, wrapped) VALUES ($1, $2, $3, 'active', $4)",
    [tenantId, id, purpose, Buffer.from(wrapped)],
  );
}

/** The active key of a purpose only opens from now on. */
export async function retireDataKey(connection: Connection, { tenantId, purpose }: Scoped & { purpose: Purpose }) {
  await connection.query(
    "UPDATE data_key SET state = 'decrypt-only', retired_at = now() WHERE tenant_id = $1 AND purpose = $2 AND state = 'active'",
    [tenantId, purpose],
  );
}

/** What is left of the keys is their numbers: nothing they sealed opens again. */
export async function destroyDataKeys(
  connection: Connection,
  { tenantId, ids }: Scoped & { ids: readonly number[] | "all" },
): Promise<number> {
  const { rowCount } = await connection.query(
    `UPDATE data_key SET state = 'destroyed', wrapped = NULL, destroyed_at = now(), retired_at = COALESCE(retired_at, now())
      WHERE tenant_id = $1 AND state <> 'destroyed' AND ($2::bigint[] IS NULL OR id = ANY ($2))`,
    [tenantId, ids === "all" ? null : ids],
  );
  return rowCount ?? 0;
}

export async function addUses(
  connection: Connection,
  { tenantId, uses }: Scoped & { uses: ReadonlyMap<number, number> },
): Promise<void> {
  await connection.query(
    `UPDATE data_key k SET use_count = use_count + u.uses FROM unnest($2::bigint[], $3::bigint[]) u (id, uses)
      WHERE k.tenant_id = $1 AND k.id = u.id`,
    [tenantId, [...uses.keys()], [...uses.values()]],
  );
}

export async function replaceWrapped(
  connection: Connection,
  { tenantId, id, wrapped }: Scoped & { id: number; wrapped: Uint8Array },
): Promise<void> {
  await connection.query("UPDATE data_key SET wrapped = $3 WHERE tenant_id = $1 AND id = $2 AND wrapped IS NOT NULL", [
    tenantId,
    id,
    Buffer.from(wrapped),
  ]);
}
