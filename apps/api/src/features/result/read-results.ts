import { hl7 } from "@infirmary/native";
import type { Page } from "@infirmary/shared/core";
import type { Observation, Trend } from "@infirmary/shared/result";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadOrder } from "../order/index.ts";
import { findRawMessage, listMessages } from "./message-store.ts";
import { openNotes } from "./notes.ts";
import { toObservation } from "./observation.ts";
import { listByPatient, listCurrent, listTrend, listVersions, type ObservationRow, type StoredRow } from "./store.ts";

/** The present values of an order. */
export async function listResults(work: Work, { orderId }: { orderId: string }): Promise<{ items: Observation[] }> {
  const order = await loadOrder(work, { id: orderId });
  const rows = await listCurrent(work.connection, { tenantId: work.scope.tenantId, orderId });
  work.audit({ action: "result.read", entity: "order", entityId: orderId, patientId: order.patientId });
  return { items: toObservations(work, rows) };
}

/** Every version of a value, newest first: what was corrected stays readable. */
export async function resultHistory(
  work: Work,
  { observationId }: { observationId: string },
): Promise<{ items: Observation[] }> {
  const { connection, scope, audit } = work;
  const rows = await listVersions(connection, { tenantId: scope.tenantId, id: observationId });
  const [newest] = rows;
  if (!newest) throw new AppError("not-found");
  audit({ action: "result.history", entity: "order", entityId: newest.orderId, patientId: newest.patientId });
  return { items: toObservations(work, rows) };
}

const keys = z.strictObject({
  filedAt: exactTime,
  id: z.uuid(),
});

/** A patient's present values across orders, last filed first. */
export async function resultsOfPatient(
  work: Work,
  { patientId, limit, cursor }: { patientId: string; limit: number; cursor?: string | null | undefined },
): Promise<Page<Observation & { orderId: string; orderNumber: string }>> {
  const { connection, scope, platform, audit } = work;
  const rows = await listByPatient(connection, {
    tenantId: scope.tenantId,
    patientId,
    after: decodeCursor(cursor, keys),
    limit: limit + 1,
  });
  audit({ action: "result.read", entity: "patient", entityId: patientId, patientId });
  return pageFrom(
    openNotes<(typeof rows)[number] & { notes: string[] }>(platform.keys, scope.tenantId, rows),
    limit,
    ({ orderId, orderNumber, filedAtExact: _, ...row }) => ({ ...toObservation(row), orderId, orderNumber }),
    ({ filedAtExact, id }) => ({ filedAt: filedAtExact, id }),
  );
}

function toObservations({ platform, scope }: Work, rows: StoredRow[]): Observation[] {
  return openNotes<ObservationRow>(platform.keys, scope.tenantId, rows).map(toObservation);
}

const trendPointsMax = 200;

/** One code of a patient over time. */
export async function resultTrend(
  { connection, scope, audit }: Work,
  { patientId, code }: { patientId: string; code: string },
): Promise<Trend> {
  const rows = await listTrend(connection, { tenantId: scope.tenantId, patientId, code, limit: trendPointsMax });
  audit({ action: "result.trend", entity: "patient", entityId: patientId, patientId, after: { code } });
  return toTrend(code, rows);
}

/** Several codes of a patient over time, as a panel shows them: opened together, it is one look. */
export async function resultTrends(
  { connection, scope, audit }: Work,
  { patientId, codes }: { patientId: string; codes: readonly string[] },
): Promise<{ items: Trend[] }> {
  const wanted = [...new Set(codes)];
  const items = await Promise.all(
    wanted.map(async (code) =>
      toTrend(code, await listTrend(connection, { tenantId: scope.tenantId, patientId, code, limit: trendPointsMax })),
    ),
  );
  audit({ action: "result.trend", entity: "patient", entityId: patientId, patientId, after: { codes: wanted } });
  return { items };
}

function toTrend(code: string, rows: Awaited<ReturnType<typeof listTrend>>): Trend {
  const last = rows.at(-1);
  return {
    code,
    name: last?.name ?? code,
    unit: last?.unit ?? null,
    points: rows.map((row) => ({
      at: (row.observedAt ?? row.filedAt).toISOString(),
      value: row.value ?? "",
      // For drawing only: the value as written stands beside it. Another unit is another scale and is not drawn.
      number:
        row.value !== null && /^[+-]?\d+(\.\d+)?$/.test(row.value.trim()) && row.unit === (last?.unit ?? null)
          ? Number(row.value)
          : null,
      unit: row.unit,
      abnormalFlag: row.abnormalFlag,
      referenceRange: row.referenceRange,
      orderId: row.orderId,
    })),
  };
}

/** The messages an order's results came in. */
export async function messagesOfOrder(work: Work, { orderId }: { orderId: string }) {
  const order = await loadOrder(work, { id: orderId });
  const { tenantId } = work.scope;
  const rows = await listMessages(work.connection, { tenantId, orderId });
  work.audit({ action: "result.messages", entity: "order", entityId: orderId, patientId: order.patientId });
  const names = openTexts(work.platform.keys, { tenantId, table: "hl7_message" }, ["file_name_sealed"], rows);
  return {
    items: rows.map(({ file_name_sealed: _, ...row }, index) => ({
      ...row,
      fileName: names[index]?.file_name_sealed ?? null,
      receivedAt: row.receivedAt.toISOString(),
    })),
  };
}

/** A message byte for byte as it was received, and as text. */
export async function rawMessage(
  { connection, scope, platform, audit }: Work,
  { messageId }: { messageId: string },
): Promise<{ text: string; contentBase64: string }> {
  const { tenantId } = scope;
  const row = await findRawMessage(connection, { tenantId, id: messageId });
  if (!row) throw new AppError("not-found");
  const bytes = platform.keys.openBytes(row.raw_sealed, {
    tenant: tenantId,
    table: "hl7_message",
    column: "raw",
    row: messageId,
  });
  audit({ action: "result.raw-message", entity: "message", entityId: messageId, patientId: row.patient_id });
  return { text: readable(bytes), contentBase64: Buffer.from(bytes).toString("base64") };
}

/** The text in its own character set where it says so, one segment a line. */
function readable(bytes: Uint8Array): string {
  const isLatin1 = /^8859\/1$/i.test(hl7.parse(bytes).get("MSH-18") ?? "");
  return Buffer.from(bytes)
    .toString(isLatin1 ? "latin1" : "utf8")
    .replace(/\r\n?/g, "\n");
}
