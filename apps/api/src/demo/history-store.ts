import type { Connection } from "@infirmary/db/client";
import { insertAudit } from "../core/audit.ts";
import { sealWords } from "../core/audit-words.ts";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { sealText } from "../core/sealed-text.ts";
import { sealNotes } from "../features/result/index.ts";
import type { History } from "./history-rows.ts";

/** Notices are kept as long as they are of use at the bell. */
const noticeDays = 7;
/** Entries a statement; each has twenty parameters of the 65,535 there are. */
const auditBatch = 1000;

/** Writes the past: each table in one statement. */
export async function insertHistory(
  connection: Connection,
  { tenantId, history, platform }: { tenantId: string; history: History; platform: Platform },
): Promise<void> {
  const sealed = (table: string, id: string, column: string, text: string | null) =>
    sealText(platform.keys, { tenantId, table, id }, column, text)?.toString("base64") ?? null;
  const insert = async (text: string, rows: readonly object[]) => {
    await connection.query(text, [tenantId, JSON.stringify(rows)]);
  };
  await insert(
    `INSERT INTO service_order (tenant_id, id, facility_id, patient_id, order_number, test_code, test_name, priority, status, notes_sealed, ordered_by_id, ordered_at,
       completed_at, cancel_reason_sealed, observation_count, abnormal_count, critical_count, pending_count, version, created_at, updated_at)
     SELECT $1, r.id, "facilityId", "patientId", "orderNumber", "testCode", "testName", priority, status, decode(notes, 'base64'), "orderedById", "orderedAt",
       "completedAt", decode("cancelReason", 'base64'), (counts->>'observations')::int, (counts->>'abnormal')::int, (counts->>'critical')::int, (counts->>'pending')::int, version, "orderedAt", "updatedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "facilityId" uuid, "patientId" uuid, "orderNumber" text, "testCode" text, "testName" text, priority text, status text, notes text,
         "orderedById" uuid, "orderedAt" timestamptz, "completedAt" timestamptz, "cancelReason" text, counts jsonb, version int, "updatedAt" timestamptz)`,
    history.orders.map(({ patient: _, filings: __, review: ___, cancel, ...order }) => ({
      ...order,
      notes: sealed("service_order", order.id, "notes_sealed", order.notes ?? null),
      cancelReason: sealed("service_order", order.id, "cancel_reason_sealed", cancel?.reason ?? null),
    })),
  );
  await connection.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'order', $2)", [
    tenantId,
    history.orders.length + 1,
  ]);
  await insert(
    `INSERT INTO hl7_message (tenant_id, id, sender, control_id, content_hash, raw_sealed, size_bytes, sent_text, file_name_sealed, type, hl7_version, order_id, patient_id, received_at, received_by_id)
     SELECT $1, id, sender, "controlId", decode("contentHash", 'base64'), decode("rawSealed", 'base64'), "sizeBytes", "sentText", decode("fileName", 'base64'), type, version, "orderId", "patientId", "receivedAt", "receivedById"
       FROM jsonb_to_recordset($2) r (id uuid, sender text, "controlId" text, "contentHash" text, "rawSealed" text, "sizeBytes" int, "sentText" text, "fileName" text, type text, version text,
         "orderId" uuid, "patientId" uuid, "receivedAt" timestamptz, "receivedById" uuid)`,
    history.messages.map((message) => ({
      ...message,
      contentHash: message.contentHash.toString("base64"),
      rawSealed: message.rawSealed.toString("base64"),
      fileName: sealed("hl7_message", message.id, "file_name_sealed", message.fileName),
    })),
  );
  await insert(
    `INSERT INTO observation (tenant_id, id, order_id, patient_id, message_id, position, panel_code, panel_name, code, coding_system, name, sub_id, value_type, value, unit, reference_range,
       abnormal_flag, status, observed_at, observed_text, notes_sealed, version, supersedes_id, filed_at)
     SELECT $1, id, "orderId", "patientId", "messageId", position, "panelCode", "panelName", code, "codingSystem", name, "subId", "valueType", value, unit, "referenceRange",
       "abnormalFlag", status, "observedAt", "observedText", decode(notes, 'base64'), version, "supersedesId", "filedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "orderId" uuid, "patientId" uuid, "messageId" uuid, position int, "panelCode" text, "panelName" text, code text, "codingSystem" text, name text,
         "subId" text, "valueType" text, value text, unit text, "referenceRange" text, "abnormalFlag" text, status text, "observedAt" timestamptz, "observedText" text, notes text,
         version int, "supersedesId" uuid, "filedAt" timestamptz)`,
    history.observations.map(({ step: { incoming, current }, ...row }) => ({
      ...incoming,
      ...row,
      notes: sealNotes(platform.keys, { tenantId, id: row.id }, incoming.notes)?.toString("base64") ?? null,
      version: (current?.version ?? 0) + 1,
      supersedesId: current?.id ?? null,
    })),
  );
  await insert(
    `INSERT INTO result_review (tenant_id, id, order_id, order_version, reviewed_by_id, comment_sealed, reviewed_at)
     SELECT $1, r.id, "orderId", "orderVersion", "reviewedById", decode(comment, 'base64'), "reviewedAt" FROM jsonb_to_recordset($2) r (id uuid, "orderId" uuid, "orderVersion" int, "reviewedById" uuid, comment text, "reviewedAt" timestamptz)`,
    history.reviews.map((review) => ({
      ...review,
      comment: sealed("result_review", review.id, "comment_sealed", review.comment),
    })),
  );
  const since = Math.max(...history.orders.map(({ orderedAt }) => orderedAt.getTime())) - noticeDays * 86_400_000;
  await insert(
    `INSERT INTO notification (tenant_id, id, user_id, kind, title, order_id, patient_id, created_at, read_at)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r (id uuid, "userId" uuid, kind text, title text, "orderId" uuid, "patientId" uuid, "createdAt" timestamptz, "readAt" timestamptz)`,
    history.notifications.filter(({ createdAt }) => createdAt.getTime() > since),
  );
  const records = history.audits.map(({ person, words, ...entry }) => {
    const id = newId(entry.at.getTime());
    return {
      tenantId,
      id,
      at: entry.at.toISOString(),
      userId: person.id,
      username: person.username,
      role: person.role,
      facilityId: entry.facilityId,
      sessionId: null,
      action: entry.action,
      entity: entry.entity,
      entityId: entry.entityId ?? null,
      patientId: entry.patientId ?? null,
      outcome: entry.outcome ?? ("success" as const),
      reason: entry.reason ?? null,
      before: entry.before ?? null,
      after: entry.after ?? null,
      ip: "127.0.0.1",
      requestId: "demo",
      ...sealWords(platform.keys, { tenantId, id }, words),
    };
  });
  for (let from = 0; from < records.length; from += auditBatch)
    await insertAudit(connection, { key: platform.auditKey, records: records.slice(from, from + auditBatch) });
}
