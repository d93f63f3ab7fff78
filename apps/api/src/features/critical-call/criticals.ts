import type { CriticalCallLog, CriticalRow } from "@infirmary/shared/critical-call";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findCritical, insertCall, listCalls, listCriticals } from "./store.ts";

const dayMs = 86_400_000;

/** The critical values of the last days at the facility worked at, each with its times: those nobody was told of first. */
export async function readCriticals(work: Work, { days }: { days: number }): Promise<{ items: CriticalRow[] }> {
  const { connection, scope, platform, now, audit } = work;
  const { tenantId } = scope;
  const values = await listCriticals(connection, {
    tenantId,
    facilityId: scope.actor?.facility.id ?? "",
    since: new Date(now.getTime() - days * dayMs),
  });
  const calls = await listCalls(connection, {
    tenantId,
    observationIds: values.map(({ observationId }) => observationId),
  });
  const texts = openTexts(platform.keys, { tenantId, table: "critical_call" }, ["told_sealed", "note_sealed"], calls);
  const opened = calls.map(({ told_sealed: _, note_sealed: __, calledAt, ...call }, index) => ({
    ...call,
    told: texts[index]?.told_sealed ?? "",
    note: texts[index]?.note_sealed ?? null,
    calledAt: calledAt.toISOString(),
  }));
  const patientIds = [...new Set(values.map(({ patientId }) => patientId))];
  if (patientIds.length > 0) audit({ action: "critical-call.list", entity: "order", after: { patientIds } });
  return {
    items: values.map(({ patientId: _, ...value }) => ({
      ...value,
      reportedAt: value.reportedAt.toISOString(),
      dueAt: value.dueAt.toISOString(),
      acknowledgedAt: value.acknowledgedAt?.toISOString() ?? null,
      calls: opened
        .filter(({ observationId }) => observationId === value.observationId)
        .map(({ observationId: __, ...call }) => call),
    })),
  };
}

/** Writes down a call: it is kept as it was, a second one stands beside it. */
export async function logCall(work: Work, input: CriticalCallLog): Promise<{ id: string }> {
  const { connection, scope, platform, now, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const value = await findCritical(connection, { tenantId, observationId: input.observationId });
  if (!value) throw new AppError("not-found", { detail: "There is no such critical value." });
  const calledAt = input.calledAt ? new Date(input.calledAt) : now;
  if (calledAt > now || calledAt < value.filedAt)
    throw new AppError("validation-failed", {
      errors: [
        { path: "calledAt", message: calledAt > now ? "This is in the future." : "This is before it was reported." },
      ],
    });
  const id = newId();
  const seal = (column: string, text: string | null) =>
    sealText(platform.keys, { tenantId, table: "critical_call", id }, column, text);
  const { orderId, patientId } = value;
  await insertCall(connection, {
    tenantId,
    id,
    observationId: input.observationId,
    orderId,
    patientId,
    outcome: input.outcome,
    toldSealed: seal("told_sealed", input.told),
    noteSealed: seal("note_sealed", input.note ?? null),
    calledAt,
    calledById: actor.userId,
  });
  audit({
    action: "critical-call.log",
    entity: "order",
    entityId: orderId,
    patientId,
    after: { observationId: input.observationId, outcome: input.outcome, calledAt: calledAt.toISOString() },
  });
  emit({ name: "critical-call.logged", orderId, patientId });
  return { id };
}
