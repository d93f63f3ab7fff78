import type { Connection } from "@infirmary/db/client";
import type { Finding } from "../../../audit-verifier/findings.ts";

export type CheckRow = {
  scope: "recent" | "whole";
  checked_at: Date;
  to_number: number;
  entries: number;
  findings: Pick<Finding, "kind" | "place" | "detail">[];
};
/** Checks are kept this long; the newest whole one, and the newest clean one, always. */
const keptDays = 90;

/** The last seal up to which a check found nothing; 0 where none did. */
export async function lastClean(connection: Connection, tenantId: string): Promise<number> {
  const { rows } = await connection.query<{ number: number }>(
    "SELECT coalesce(max(to_number), 0)::float8 AS number FROM audit_check WHERE tenant_id = $1 AND findings = '[]'",
    [tenantId],
  );
  return rows[0]?.number ?? 0;
}

/** Keeps a check's outcome, and forgets those long past. */
export async function insertCheck(
  connection: Connection,
  check: {
    tenantId: string;
    id: string;
    scope: "recent" | "whole";
    checkedAt: Date;
    tookMs: number;
    fromNumber: number;
    toNumber: number;
    entries: number;
    findings: readonly Finding[];
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO audit_check (tenant_id, id, scope, checked_at, took_ms, from_number, to_number, entries, findings)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      check.tenantId,
      check.id,
      check.scope,
      check.checkedAt,
      check.tookMs,
      check.fromNumber,
      check.toNumber,
      check.entries,
      JSON.stringify(check.findings),
    ],
  );
  await connection.query(
    `DELETE FROM audit_check c WHERE tenant_id = $1 AND checked_at < $2::timestamptz - $3 * interval '1 day'
       AND EXISTS (SELECT FROM audit_check n WHERE n.tenant_id = c.tenant_id AND n.scope = c.scope AND n.checked_at > c.checked_at AND n.findings = '[]')`,
    [check.tenantId, check.checkedAt, keptDays],
  );
}

/** The newest check of each scope. */
export async function newestChecks(connection: Connection, tenantId: string): Promise<CheckRow[]> {
  const { rows } = await connection.query<CheckRow>(
    `SELECT DISTINCT ON (scope) scope, checked_at, to_number::float8 AS to_number, entries::float8 AS entries, findings
       FROM audit_check WHERE tenant_id = $1 ORDER BY scope, checked_at DESC`,
    [tenantId],
  );
  return rows;
}

/** Until when the newest seal says it was sealed, and the newest anchor of each place. */
export async function readSealing(connection: Connection, tenantId: string) {
  const { rows: seals } = await connection.query<{ number: number; sealed_at: Date }>(
    "SELECT number::float8 AS number, sealed_at FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1",
    [tenantId],
  );
  const { rows: anchors } = await connection.query<{ place: string; number: number; anchored_at: Date }>(
    "SELECT DISTINCT ON (place) place, number::float8 AS number, anchored_at FROM audit_anchor WHERE tenant_id = $1 ORDER BY place, number DESC",
    [tenantId],
  );
  return { last: seals[0] ?? null, anchors };
}
