import type { Connection } from "@infirmary/db/client";
import type { Notification } from "@infirmary/shared/notification";

type Owned = { tenantId: string; userId: string };
type NotificationRow = {
  id: string;
  kind: Notification["kind"];
  title: string;
  order_id: string | null;
  patient_id: string | null;
  created_at: Date;
  read_at: Date | null;
};

export async function insertNotifications(
  connection: Connection,
  rows: {
    tenantId: string;
    id: string;
    userId: string;
    kind: string;
    title: string;
    orderId: string | null;
    patientId: string | null;
  }[],
): Promise<void> {
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key]);
  await connection.query({
    name: "notifications",
    text: `INSERT INTO notification (tenant_id, id, user_id, kind, title, order_id, patient_id)
           SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[])`,
    values: [
      column("tenantId"),
      column("id"),
      column("userId"),
      column("kind"),
      column("title"),
      column("orderId"),
      column("patientId"),
    ],
  });
}

export async function listNotifications(
  connection: Connection,
  { tenantId, userId, limit }: Owned & { limit: number },
): Promise<Notification[]> {
  const { rows } = await connection.query<NotificationRow>(
    "SELECT id, kind, title, order_id, patient_id, created_at, read_at FROM notification WHERE tenant_id = $1 AND user_id = $2 ORDER BY created_at DESC, id DESC LIMIT $3",
    [tenantId, userId, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    orderId: row.order_id,
    patientId: row.patient_id,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  }));
}

export async function countUnread(connection: Connection, { tenantId, userId }: Owned): Promise<number> {
  const { rows } = await connection.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM notification WHERE tenant_id = $1 AND user_id = $2 AND read_at IS NULL",
    [tenantId, userId],
  );
  return rows[0]?.count ?? 0;
}

/** Marks one, or all where no id is given, as read. */
export async function markRead(
  connection: Connection,
  { tenantId, userId, id }: Owned & { id: string | null },
): Promise<void> {
  await connection.query(
    "UPDATE notification SET read_at = now() WHERE tenant_id = $1 AND user_id = $2 AND read_at IS NULL AND ($3::uuid IS NULL OR id = $3)",
    [tenantId, userId, id],
  );
}
