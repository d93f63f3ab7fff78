import { binaryArray, type Connection } from "@infirmary/db/client";
import type { OrderStatus } from "@infirmary/shared/order";
import { sealedOrReadable } from "../../core/sealed-text.ts";

type Scoped = { tenantId: string };

export type KnownMessage = {
  id: string;
  sender: string;
  controlId: string;
  contentHash: Buffer;
  orderId: string;
  receivedAt: Date;
};

/** Those of the messages that were filed before, by sender and number. */
export async function findMessages(
  connection: Connection,
  { tenantId, keys }: Scoped & { keys: readonly { sender: string; controlId: string }[] },
): Promise<KnownMessage[]> {
  const { rows } = await connection.query<KnownMessage>({
    name: "messages-find",
    text: `SELECT m.id, m.sender, m.control_id AS "controlId", m.content_hash AS "contentHash", m.order_id AS "orderId", m.received_at AS "receivedAt"
             FROM unnest($2::text[], $3::text[]) AS k (sender, control_id)
            CROSS JOIN LATERAL (SELECT * FROM hl7_message h WHERE h.tenant_id = $1 AND h.sender = k.sender AND h.control_id = k.control_id OFFSET 0) m`,
    values: [tenantId, keys.map(({ sender }) => sender), keys.map(({ controlId }) => controlId)],
  });
  return rows;
}

export type NewMessage = {
  id: string;
  sender: string;
  controlId: string;
  contentHash: Uint8Array;
  rawSealed: Uint8Array;
  sizeBytes: number;
  sentText: string;
  fileNameSealed: Buffer | null;
  type: string;
  version: string;
  orderId: string;
  patientId: string;
  receivedById: string | null;
  partnerId: string | null;
};

/** Adds the messages in one statement. */
export async function insertMessages(
  connection: Connection,
  { tenantId, messages }: Scoped & { messages: readonly NewMessage[] },
): Promise<void> {
  const of = <T>(pick: (message: NewMessage) => T) => messages.map(pick);
  await connection.query({
    name: "messages-insert",
    text: `INSERT INTO hl7_message (tenant_id, id, sender, control_id, content_hash, raw_sealed, size_bytes, sent_text, file_name_sealed, type, hl7_version, order_id, patient_id, received_by_id, partner_id)
           SELECT $1, r.* FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::bytea[], $7::int[], $8::text[], $9::bytea[], $10::text[], $11::text[], $12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[]) r`,
    values: [
      tenantId,
      binaryArray.uuid(of(({ id }) => id)),
      binaryArray.text(of(({ sender }) => sender)),
      binaryArray.text(of(({ controlId }) => controlId)),
      binaryArray.bytea(of(({ contentHash }) => contentHash)),
      binaryArray.bytea(of(({ rawSealed }) => rawSealed)),
      binaryArray.int(of(({ sizeBytes }) => sizeBytes)),
      binaryArray.text(of(({ sentText }) => sentText)),
      binaryArray.bytea(of(({ fileNameSealed }) => fileNameSealed)),
      binaryArray.text(of(({ type }) => type)),
      binaryArray.text(of(({ version }) => version)),
      binaryArray.uuid(of(({ orderId }) => orderId)),
      binaryArray.uuid(of(({ patientId }) => patientId)),
      binaryArray.uuid(of(({ receivedById }) => receivedById)),
      binaryArray.uuid(of(({ partnerId }) => partnerId)),
    ],
  });
}

/** The names under which PID-3.4 may call us (none: any), and the time of the transaction, which is that of everything it stores. */
export async function listAuthorities(
  connection: Connection,
  { tenantId }: Scoped,
): Promise<{ names: string[]; at: Date }> {
  const { rows } = await connection.query<{ names: string[]; at: Date }>({
    name: "mrn-authorities",
    text: "SELECT mrn_authorities AS names, now() AS at FROM tenant WHERE id = $1",
    values: [tenantId],
  });
  const [row] = rows;
  if (!row) throw new Error("The transaction's tenant does not exist.");
  return row;
}

export async function listMessages(connection: Connection, { tenantId, orderId }: Scoped & { orderId: string }) {
  const { rows } = await connection.query<{
    id: string;
    controlId: string;
    type: string;
    version: string;
    sender: string;
    receivedAt: Date;
    receivedByName: string | null;
    partnerName: string | null;
    file_name_sealed: Buffer | null;
    sizeBytes: number;
  }>(
    `SELECT m.id, m.control_id AS "controlId", m.type, m.hl7_version AS version, m.sender, m.received_at AS "receivedAt", u.full_name AS "receivedByName", p.name AS "partnerName", ${sealedOrReadable("m.file_name")}, m.size_bytes AS "sizeBytes"
       FROM hl7_message m
       LEFT JOIN user_account u ON u.tenant_id = m.tenant_id AND u.id = m.received_by_id
       LEFT JOIN partner p ON p.tenant_id = m.tenant_id AND p.id = m.partner_id
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
