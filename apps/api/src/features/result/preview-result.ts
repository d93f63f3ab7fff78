import { hl7 } from "@infirmary/native";
import { errorCodes } from "@infirmary/shared/core";
import type { ResultPreview } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findOrder, type OrderRow } from "../order/index.ts";
import { faultsOf } from "./check-message.ts";
import { type Content, type Interpreted, interpretMessage } from "./interpret-message.ts";
import { findMessages, findOrderByNumber, listAuthorities, listOpenOrders } from "./message-store.ts";
import { mismatchOf } from "./mismatch.ts";
import { openNotes } from "./notes.ts";
import { planFiling, recordNumbersOf } from "./rules.ts";
import { findPatientsByMrn, listCurrentWithMessage, type Present } from "./store.ts";

const messagesMax = 500;

/** Works out what filing a file's messages would do, and stores nothing but the audit entry that patients were shown. */
export async function previewResult(
  work: Work,
  { bytes, orderId }: { bytes: Uint8Array; orderId?: string | undefined },
): Promise<{ messages: ResultPreview[] }> {
  const parts = hl7.split(bytes);
  if (parts.length > messagesMax)
    throw new AppError("too-large", {
      detail: `A file may hold at most ${messagesMax} messages; this one holds ${parts.length}.`,
    });
  const pieces =
    parts.length > 1 ? parts.map(({ offset, length }) => bytes.subarray(offset, offset + length)) : [bytes];
  const messages: ResultPreview[] = [];
  for (const piece of pieces) messages.push(await previewOne(work, piece, orderId));
  const patientIds = [...new Set(messages.flatMap(({ patient }) => patient?.id ?? []))];
  if (patientIds.length > 0)
    work.audit({
      action: "result.preview",
      entity: "order",
      patientId: patientIds.length === 1 ? (patientIds[0] ?? null) : null,
      after: { patientIds },
    });
  return { messages };
}

async function previewOne(work: Work, bytes: Uint8Array, orderId: string | undefined): Promise<ResultPreview> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const timeZone = scope.actor?.facility.timeZone ?? "UTC";
  const unplaced = interpretMessage(bytes, timeZone);
  if (!unplaced.content)
    return {
      ...shownOf(unplaced),
      blockers: [{ code: "message-invalid", message: errorCodes["message-invalid"].title }],
    };
  const order = await orderOf(work, unplaced.content, orderId);
  // Local times are those of the order's facility, which is known only now.
  const isElsewhere = order !== null && order.time_zone !== timeZone;
  const interpreted = isElsewhere ? interpretMessage(bytes, order.time_zone) : unplaced;
  const content = interpreted.content ?? unplaced.content;
  const shown = shownOf(interpreted);
  const { names: authorities } = await listAuthorities(connection, { tenantId });
  const mrns = recordNumbersOf(content, authorities);
  const [patient, ...others] = await findPatientsByMrn(connection, { tenantId, mrns });
  const candidates =
    patient && !order
      ? await listOpenOrders(connection, { tenantId, patientId: patient.id, testCodes: content.panelCodes })
      : [];
  const current = openNotes<Present>(
    work.platform.keys,
    tenantId,
    order ? await listCurrentWithMessage(connection, { tenantId, ids: [order.id] }) : [],
  );
  const plan = planFiling(content.observations, current, content);
  const [filed] = await findMessages(connection, { tenantId, keys: [content] });
  const blockers: ResultPreview["blockers"] = [];
  if (faultsOf(interpreted).length > 0)
    blockers.push({ code: "message-invalid", message: errorCodes["message-invalid"].title });
  if (others.length > 0)
    blockers.push({ code: "patient-mismatch", message: "PID-3 names more than one of our patients." });
  if (!patient)
    blockers.push({
      code: "patient-mismatch",
      message: content.identifiers.some(({ value }) => value !== "")
        ? "No patient here has an identifier of PID-3."
        : "PID-3 is blank: it matches nobody.",
    });
  if (!order && patient)
    blockers.push({
      code: "order-mismatch",
      message:
        content.orderNumbers.length > 0
          ? `There is no order ${content.orderNumbers.join(", ")}.`
          : "The message names no order. Choose one.",
    });
  if (order && !filed) blockers.push(...mismatches(content, order, authorities));
  blockers.push(...plan.stale.map(({ message }) => ({ code: "result-superseded", message })));
  return {
    ...shown,
    // Whom the values would be filed with: the order decides, and the screen sets what the message says beside it.
    patient: order ? patientOf(order) : (patient ?? null),
    order: order
      ? {
          id: order.id,
          orderNumber: order.order_number,
          testCode: order.test_code,
          testName: order.test_name,
          status: order.status,
        }
      : null,
    candidates: candidates.map((choice) => ({ ...choice, orderedAt: choice.orderedAt.toISOString() })),
    observations: plan.steps.map(({ incoming, effect, current: present }) => ({
      ...shownValue(incoming),
      effect,
      previousValue: effect === "replaces" ? (present?.value ?? null) : null,
    })),
    blockers: filed ? [] : blockers,
    alreadyFiled: filed !== undefined,
  };
}

const patientOf = (order: OrderRow) => ({
  id: order.patient_id,
  mrn: order.mrn,
  firstName: order.first_name,
  lastName: order.last_name,
  dateOfBirth: order.date_of_birth,
  gender: order.gender,
});

/** The order the technician chose, else the one the message names. */
async function orderOf(
  { connection, scope }: Work,
  content: Content,
  orderId: string | undefined,
): Promise<OrderRow | null> {
  const { tenantId } = scope;
  const [orderNumber] = content.orderNumbers;
  const id = orderId ?? (orderNumber ? await findOrderByNumber(connection, { tenantId, orderNumber }) : null);
  return id ? findOrder(connection, { tenantId, id }) : null;
}

function mismatches(
  content: Content,
  order: OrderRow,
  authorities: readonly string[],
): { code: string; message: string }[] {
  const mismatch = mismatchOf(content, order, authorities);
  if (!mismatch) return [];
  const reasons = mismatch.errors.map(({ path, message }) => ({ code: mismatch.code, message: `${path}: ${message}` }));
  return reasons.length > 0 ? reasons : [{ code: mismatch.code, message: mismatch.detail ?? mismatch.title }];
}

function shownOf({ bytes, report, content }: Interpreted): ResultPreview {
  return {
    type: report.type,
    version: report.version,
    controlId: report.controlId,
    disposition: report.disposition,
    issues: report.issues.map(({ severity, path, message, code, suggestion, line, offset, length }) => ({
      severity,
      path,
      message,
      code,
      suggestion: suggestion ?? null,
      line: line ?? null,
      offset: offset ?? null,
      length: length ?? null,
    })),
    // One character a byte, so that the offsets of the issues are places in this text.
    text: Buffer.from(bytes).toString("latin1"),
    saysPatient: content
      ? {
          identifiers: content.identifiers.map(({ value }) => value).filter(Boolean),
          name: content.displayName,
          dateOfBirth: content.birthDate || null,
          sex: content.sex || null,
        }
      : null,
    patient: null,
    order: null,
    candidates: [],
    observations:
      content?.observations.map((incoming) => ({
        ...shownValue(incoming),
        effect: "new" as const,
        previousValue: null,
      })) ?? [],
    blockers: [],
    alreadyFiled: false,
  };
}

const shownValue = ({
  code,
  name,
  panelName,
  valueType,
  value,
  unit,
  referenceRange,
  abnormalFlag,
  status,
  observedAt,
  notes,
}: Content["observations"][number]) => ({
  code,
  name,
  panelName,
  valueType,
  value,
  unit,
  referenceRange,
  abnormalFlag,
  status,
  observedAt: observedAt?.toISOString() ?? null,
  notes,
});
