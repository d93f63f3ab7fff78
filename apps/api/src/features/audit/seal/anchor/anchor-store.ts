import type { Connection } from "@infirmary/db/client";
import type { AnchorRecord } from "./anchor.ts";

/** The newest seal, where it does not stand at the place yet. */
export async function findUnanchored(
  connection: Connection,
  { tenantId, place }: { tenantId: string; place: string },
): Promise<Omit<AnchorRecord, "anchoredAt"> | null> {
  const { rows } = await connection.query<Omit<AnchorRecord, "anchoredAt">>(
    `SELECT s.tenant_id AS "tenantId", s.number::float8 AS number, encode(s.chain, 'hex') AS chain, s.key_id AS "keyId", encode(s.signature, 'base64') AS signature
       FROM (SELECT * FROM audit_seal WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1) s
      WHERE NOT EXISTS (SELECT FROM audit_anchor a WHERE a.tenant_id = s.tenant_id AND a.number = s.number AND a.place = $2)`,
    [tenantId, place],
  );
  const [row] = rows;
  return row ? { ...row, signature: row.signature.replace(/\s/g, "") } : null;
}

export async function insertAnchor(
  connection: Connection,
  anchor: { tenantId: string; number: number; place: string; anchoredAt: string },
): Promise<void> {
  await connection.query(
    "INSERT INTO audit_anchor (tenant_id, number, place, anchored_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    [anchor.tenantId, anchor.number, anchor.place, anchor.anchoredAt],
  );
}
