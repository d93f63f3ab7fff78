import type { Connection } from "@infirmary/db/client";

type Scoped = { tenantId: string };
export type KeyRunKind = "settle" | "rotate";
export type KeyRun = { id: string; kind: KeyRunKind; columns: string[]; finishedAt: Date | null };

/** The tenant's newest run of a kind. */
export async function findLastRun(
  connection: Connection,
  { tenantId, kind }: Scoped & { kind: KeyRunKind },
): Promise<KeyRun | null> {
  const { rows } = await connection.query<KeyRun>(
    `SELECT id, kind, columns, finished_at AS "finishedAt" FROM key_run WHERE tenant_id = $1 AND kind = $2 ORDER BY started_at DESC, id DESC LIMIT 1`,
    [tenantId, kind],
  );
  return rows[0] ?? null;
}

export async function insertRun(
  connection: Connection,
  { tenantId, id, kind, columns }: Scoped & { id: string; kind: KeyRunKind; columns: readonly string[] },
): Promise<void> {
  await connection.query("INSERT INTO key_run (tenant_id, id, kind, columns) VALUES ($1, $2, $3, $4)", [
    tenantId,
    id,
    kind,
    columns,
  ]);
}

/** Where a run stands. */
export async function updateRun(
  connection: Connection,
  run: Scoped & { id: string; valueCount: number; sealedCount: number; verifiedCount: number; isFinished: boolean },
): Promise<void> {
  await connection.query(
    `UPDATE key_run SET value_count = $3, sealed_count = $4, verified_count = $5, finished_at = CASE WHEN $6 THEN now() END
      WHERE tenant_id = $1 AND id = $2`,
    [run.tenantId, run.id, run.valueCount, run.sealedCount, run.verifiedCount, run.isFinished],
  );
}
