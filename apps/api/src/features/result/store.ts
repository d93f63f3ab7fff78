import { binaryArray, type Connection } from "@infirmary/db/client";
import type { Gender } from "@infirmary/shared/patient";
import type { Observation } from "@infirmary/shared/result";
import type { Incoming } from "./interpret-message.ts";
import type { Current, Planned } from "./rules.ts";

type Scoped = { tenantId: string };

const columns = `b.id, b.code, b.coding_system AS "codingSystem", b.name, b.sub_id AS "subId", b.panel_code AS "panelCode", b.panel_name AS "panelName", b.value_type AS "valueType",
  b.value, b.unit, b.reference_range AS "referenceRange", b.abnormal_flag AS "abnormalFlag", b.status, b.observed_at AS "observedAt", b.observed_text AS "observedText", 
  COALESCE(b.notes_sealed, CASE WHEN cardinality(b.notes) > 0 THEN convert_to(array_to_json(b.notes)::text, 'UTF8') END) AS notes_sealed,
  b.message_id AS "messageId", b.filed_at AS "filedAt", b.version, b.supersedes_id AS "supersedesId", b.position`;
/**
 * No later version names it. Written as a look-up for each row and not as NOT EXISTS: that would be planned as a join with the whole
 * table wherever the table was small when the plan was made, and go on so while it grows.
 */
const isCurrent = "(SELECT n.id FROM observation n WHERE n.tenant_id = b.tenant_id AND n.supersedes_id = b.id) IS NULL";

/** A value as it is stored: its remarks are sealed, all of them in one, as JSON. `openNotes` opens them. */
export type StoredRow = Stored<ObservationRow>;
export type Stored<Row extends { notes: string[] }> = Omit<Row, "notes"> & { notes_sealed: Buffer | null };

export type ObservationRow = Omit<Observation, "observedAt" | "filedAt"> & {
  observedAt: Date | null;
  observedText: string | null;
  filedAt: Date;
  position: number;
};

/** The present values of an order, in the order they were sent. */
export async function listCurrent(
  connection: Connection,
  { tenantId, orderId }: Scoped & { orderId: string },
): Promise<StoredRow[]> {
  const { rows } = await connection.query<StoredRow>({
    name: "results",
    text: `SELECT ${columns} FROM observation b WHERE b.tenant_id = $1 AND b.order_id = $2 AND ${isCurrent} ORDER BY b.position, b.id`,
    values: [tenantId, orderId],
  });
  return rows;
}

export type Present = Current & ObservationRow & { orderId: string };

/**
 * The present values of orders, each with the sender and time of the message it came in, as they stand in each order. Look-ups one inside
 * the other (OFFSET 0 keeps them so): a join would be planned by statistics that a busy hour of filing leaves behind.
 */
export async function listCurrentWithMessage(
  connection: Connection,
  { tenantId, ids, orderNumbers = [] }: Scoped & { ids: readonly string[]; orderNumbers?: readonly string[] },
): Promise<Stored<Present>[]> {
  const { rows } = await connection.query<Stored<Present>>({
    name: "results-with-message",
    text: `SELECT ${columns}, b.order_id AS "orderId", m.sender, m.sent_text AS "sentText"
             FROM (SELECT unnest($2::uuid[]) AS id
                   UNION ALL SELECT k.id FROM unnest($3::text[]) AS n (number) CROSS JOIN LATERAL (
                     SELECT o.id FROM service_order o WHERE o.tenant_id = $1 AND o.order_number = n.number OFFSET 0) k) AS i
            CROSS JOIN LATERAL (SELECT * FROM observation c WHERE c.tenant_id = $1 AND c.order_id = i.id OFFSET 0) b
            CROSS JOIN LATERAL (SELECT h.sender, h.sent_text FROM hl7_message h WHERE h.tenant_id = $1 AND h.id = b.message_id OFFSET 0) m
            WHERE ${isCurrent} ORDER BY b.position, b.id`,
    values: [tenantId, ids, orderNumbers],
  });
  return rows;
}

/** All versions of the value the observation belongs to, newest first; empty where it is unknown. */
export async function listVersions(
  connection: Connection,
  { tenantId, id }: Scoped & { id: string },
): Promise<(StoredRow & { orderId: string; patientId: string })[]> {
  const { rows } = await connection.query<StoredRow & { orderId: string; patientId: string }>(
    `WITH RECURSIVE back AS (
       SELECT tenant_id, id, supersedes_id FROM observation WHERE tenant_id = $1 AND id = $2
       UNION ALL SELECT o.tenant_id, o.id, o.supersedes_id FROM observation o JOIN back ON o.tenant_id = back.tenant_id AND o.id = back.supersedes_id),
     forth AS (
       SELECT tenant_id, id FROM back
       UNION SELECT o.tenant_id, o.id FROM observation o JOIN forth ON o.tenant_id = forth.tenant_id AND o.supersedes_id = forth.id)
     SELECT ${columns}, b.order_id AS "orderId", b.patient_id AS "patientId" FROM observation b JOIN forth ON forth.tenant_id = b.tenant_id AND forth.id = b.id ORDER BY b.version DESC`,
    [tenantId, id],
  );
  return rows;
}

export type NewObservation = { id: string; orderId: string; patientId: string; messageId: string; step: Planned };

type SealedObservation = NewObservation & { notesSealed: Buffer | null };

/** Adds the values in one statement, whichever messages and orders they are of. What is the same for all values of a message is sent once. */
export async function insertObservations(
  connection: Connection,
  { tenantId, rows }: Scoped & { rows: readonly SealedObservation[] },
): Promise<void> {
  if (rows.length === 0) return;
  const messages = new Map<string, { row: NewObservation; at: number }>();
  for (const row of rows) if (!messages.has(row.messageId)) messages.set(row.messageId, { row, at: messages.size + 1 });
  const ofMessage = (key: "messageId" | "orderId" | "patientId") =>
    binaryArray.uuid([...messages.values()].map(({ row }) => row[key]));
  const text = (key: TextKey) => binaryArray.text(rows.map(({ step }) => step.incoming[key]));
  const hasNotes = rows.some(({ notesSealed }) => notesSealed !== null);
  await connection.query({
    name: hasNotes ? "results-insert-notes" : "results-insert",
    text: `INSERT INTO observation (tenant_id, id, message_id, order_id, patient_id, position, ${textColumns.join(", ")}, observed_at, version, supersedes_id${hasNotes ? ", notes_sealed" : ""})
           SELECT $1, r.id, ($2::uuid[])[r.message], ($3::uuid[])[r.message], ($4::uuid[])[r.message], r.position, ${textColumns.map((column) => `r.${column}`).join(", ")}, r.observed_at, r.version, r.supersedes_id${hasNotes ? ", r.notes_sealed" : ""}
             FROM unnest($5::uuid[], $6::int[], $7::int[], $8::timestamptz[], $9::int[], $10::uuid[], ${textColumns.map((_, index) => `$${11 + index}::text[]`).join(", ")}${hasNotes ? `, $${11 + textColumns.length}::bytea[]` : ""})
               AS r (id, message, position, observed_at, version, supersedes_id, ${textColumns.join(", ")}${hasNotes ? ", notes_sealed" : ""})`,
    values: [
      tenantId,
      ofMessage("messageId"),
      ofMessage("orderId"),
      ofMessage("patientId"),
      binaryArray.uuid(rows.map(({ id }) => id)),
      binaryArray.int(rows.map(({ messageId }) => messages.get(messageId)?.at ?? null)),
      binaryArray.int(rows.map(({ step }) => step.incoming.position)),
      binaryArray.timestamptz(rows.map(({ step }) => step.incoming.observedAt)),
      binaryArray.int(rows.map(({ step }) => (step.current?.version ?? 0) + 1)),
      binaryArray.uuid(rows.map(({ step }) => step.current?.id ?? null)),
      ...textKeys.map(text),
      ...(hasNotes ? [binaryArray.bytea(rows.map(({ notesSealed }) => notesSealed))] : []),
    ],
  });
}

type TextKey = (typeof textKeys)[number];
const textKeys = [
  "panelCode",
  "panelName",
  "code",
  "codingSystem",
  "name",
  "subId",
  "valueType",
  "value",
  "unit",
  "referenceRange",
  "abnormalFlag",
  "status",
  "observedText",
] as const satisfies readonly (keyof Incoming)[];
const textColumns = textKeys.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export type PatientRow = {
  id: string;
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  gender: Gender;
};
const patientColumns =
  'id, mrn, first_name AS "firstName", last_name AS "lastName", date_of_birth::text AS "dateOfBirth", gender';

export async function findPatientsByMrn(
  connection: Connection,
  { tenantId, mrns }: Scoped & { mrns: readonly string[] },
): Promise<PatientRow[]> {
  if (mrns.length === 0) return [];
  const { rows } = await connection.query<PatientRow>({
    name: "result-patients",
    text: `SELECT ${patientColumns} FROM patient WHERE tenant_id = $1 AND mrn = ANY ($2::text[]) AND deleted_at IS NULL`,
    values: [tenantId, mrns],
  });
  return rows;
}

/** The patient's values over time: current ones only, across orders, those filed last first and those of one message as it had them. */
export async function listByPatient(
  connection: Connection,
  {
    tenantId,
    patientId,
    after,
    limit,
  }: Scoped & { patientId: string; after: { filedAt: string; id: string } | null; limit: number },
) {
  const { rows } = await connection.query<StoredRow & { orderId: string; orderNumber: string; filedAtExact: string }>(
    `SELECT ${columns}, b.order_id AS "orderId", o.order_number AS "orderNumber", b.filed_at::text AS "filedAtExact"
       FROM observation b JOIN service_order o ON o.tenant_id = b.tenant_id AND o.id = b.order_id
      WHERE b.tenant_id = $1 AND b.patient_id = $2 AND ${isCurrent} AND ($3::timestamptz IS NULL OR (b.filed_at < $3::timestamptz OR (b.filed_at = $3::timestamptz AND b.id > $4::uuid)))
      ORDER BY b.filed_at DESC, b.id LIMIT $5`,
    [tenantId, patientId, after?.filedAt ?? null, after?.id ?? null, limit],
  );
  return rows;
}

/** The newest present values of one code of a patient, oldest first. */
export async function listTrend(
  connection: Connection,
  { tenantId, patientId, code, limit }: Scoped & { patientId: string; code: string; limit: number },
) {
  const { rows } = await connection.query<StoredRow & { orderId: string }>({
    name: "result-trend",
    text: `SELECT * FROM (
             SELECT ${columns}, b.order_id AS "orderId" FROM observation b WHERE b.tenant_id = $1 AND b.patient_id = $2 AND b.code = $3 AND b.status NOT IN ('D', 'W', 'X', 'O', 'N', 'I') AND ${isCurrent}
              ORDER BY COALESCE(b.observed_at, b.filed_at) DESC LIMIT $4) newest
            ORDER BY COALESCE("observedAt", "filedAt")`,
    values: [tenantId, patientId, code, limit],
  });
  return rows;
}
