import type { Connection } from "@infirmary/db/client";
import type { OrderStatus } from "@infirmary/shared/order";

type Scoped = { tenantId: string };

/** The message this sender sent under this number, if there was one. */
export async function findMessage(
  connection: Connection,
  { tenantId, sender, controlId }: Scoped & { sender: string; controlId: string },
): Promise<{ id: string; content_hash: Buffer; order_id: string } | null> {
  const { rows } = await connection.query<{ id: string; content_hash: Buffer; order_id: string }>({
    name: "message-find",
    text: "SELECT id, content_hash, order_id FROM hl7_message WHERE tenant_id = $1 AND sender = $2 AND control_id = $3",
    values: [tenantId, sender, controlId],
  });
  return rows[0] ?? null;
}

export type NewMessage = Scoped & {
  id: string;
  sender: string;
  controlId: string;
  contentHash: Uint8Array;
  rawSealed: Uint8Array;
  sizeBytes: number;
  sentText: string;
  fileName: string | null;
  type: string;
  version: string;
  orderId: string;
  patientId: string;
  receivedById: string;
};

export async function insertMessage(connection: Connection, message: NewMessage): Promise<void> {
  await connection.query({
    name: "message-insert",
    text: `INSERT INTO hl7_message (tenant_id, id, sender, control_id, content_hash, raw_sealed, size_bytes, sent_text, file_name, type, hl7_version, order_id, patient_id, received_by_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    values: [
      message.tenantId,
      message.id,
      message.sender,
      message.controlId,
      Buffer.from(message.contentHash),
      Buffer.from(message.rawSealed),
      message.sizeBytes,
      message.sentText,
      message.fileName,
      message.type,
      message.version,
      message.orderId,
      message.patientId,
      message.receivedById,
    ],
  });
}

export async function listMessages(connection: Connection, { tenantId, orderId }: Scoped & { orderId: string }) {
  const { rows } = await connection.query<{
    id: string;
    controlId: string;
    type: string;
    version: string;
    sender: string;
    receivedAt: Date;
    receivedByName: string;
    fileName: string | null;
    sizeBytes: number;
  }>(
    `SELECT m.id, m.control_id AS "controlId", m.type, m.hl7_version AS version, m.sender, m.received_at AS "receivedAt", u.full_name AS "receivedByName", m.file_name AS "fileName", m.size_bytes AS "sizeBytes"
       FROM hl7_message m JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.received_by_id
      WHERE m.tenant_id = $1 AND m.order_id = $2 ORDER BY m.received_at DESC, m.id DESC`,
    [tenantId, orderId],
  );
  return rows;
}

export async function findRawMessage(
  connection: Connection,
  { tenantId, id }: Scoped & { id: string },
): Promise<{ raw_sealed: Buffer; order_id: string; patient_id: string } | null> {
  const { rows } = await connection.query<{ raw_sealed: Buffer; order_id: string; patient_id: string }>(
    "SELECT raw_sealed, order_id, patient_id FROM hl7_message WHERE tenant_id = $1 AND id = $2",
    [tenantId, id],
  );
  return rows[0] ?? null;
}

export type OrderChoice = {
  id: string;
  orderNumber: string;
  testCode: string;
  testName: string;
  status: OrderStatus;
  orderedAt: Date;
};
const orderColumns =
  'id, order_number AS "orderNumber", test_code AS "testCode", test_name AS "testName", status, ordered_at AS "orderedAt"';

/** The order of that number. */
export async function findOrderByNumber(
  connection: Connection,
  { tenantId, orderNumber }: Scoped & { orderNumber: string },
): Promise<string | null> {
  const { rows } = await connection.query<{ id: string }>({
    name: "order-by-number",
    text: "SELECT id FROM service_order WHERE tenant_id = $1 AND order_number = $2",
    values: [tenantId, orderNumber],
  });
  return rows[0]?.id ?? null;
}

/** A patient's orders that results could belong to, those for the test named first, then the newest. */
export async function listOpenOrders(
  connection: Connection,
  { tenantId, patientId, testCodes }: Scoped & { patientId: string; testCodes: readonly string[] },
): Promise<OrderChoice[]> {
  const { rows } = await connection.query<OrderChoice>({
    name: "orders-open",
    text: `SELECT ${orderColumns} FROM service_order WHERE tenant_id = $1 AND patient_id = $2 AND status <> 'CANCELLED'
            ORDER BY status = 'REVIEWED', NOT test_code = ANY ($3::text[]), ordered_at DESC LIMIT 20`,
    values: [tenantId, patientId, testCodes],
  });
  return rows;
}
