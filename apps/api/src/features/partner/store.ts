import type { Connection } from "@infirmary/db/client";

type Scoped = { tenantId: string };

/** What the listener asks of a partner before it takes its messages. */
export type InboundPartner = {
  tenantId: string;
  id: string;
  name: string;
  /** MSH-3.1 and MSH-4.1 joined by |; none: any. */
  senders: string[];
  types: string[];
  isTolerant: boolean;
};

/** Whose certificate it is, in whatever tenant; null where it is nobody's, or more than one tenant's. */
export async function findCertificate(
  connection: Pick<Connection, "query">,
  { fingerprint }: { fingerprint: string },
): Promise<{ tenantId: string; partnerId: string } | null> {
  const { rows } = await connection.query<{ tenantId: string; partnerId: string }>(
    'SELECT tenant_id AS "tenantId", partner_id AS "partnerId" FROM partner_certificate WHERE fingerprint = $1 LIMIT 2',
    [fingerprint],
  );
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** The partner, unless it was switched off. */
export async function findInbound(
  connection: Connection,
  { tenantId, id }: Scoped & { id: string },
): Promise<InboundPartner | null> {
  const { rows } = await connection.query<InboundPartner>(
    'SELECT tenant_id AS "tenantId", id, name, senders, types, is_tolerant AS "isTolerant" FROM partner WHERE tenant_id = $1 AND id = $2 AND is_active',
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** Tells how many connections the partner has now. */
export async function storeLink(
  connection: Connection,
  { tenantId, partnerId, connections }: Scoped & { partnerId: string; connections: number },
): Promise<void> {
  await connection.query(
    `INSERT INTO partner_link (tenant_id, partner_id, connections, seen_at) VALUES ($1, $2, $3, now())
     ON CONFLICT (tenant_id, partner_id) DO UPDATE SET connections = EXCLUDED.connections, seen_at = EXCLUDED.seen_at`,
    [tenantId, partnerId, connections],
  );
}
