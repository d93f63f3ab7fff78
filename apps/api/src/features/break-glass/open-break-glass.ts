import {
  type BreakGlassOpen,
  breakGlassMinutes,
  breakGlassReasonNames,
  breakGlassReviewHours,
  type OwnBreakGlass,
} from "@infirmary/shared/break-glass";
import { patientBehind } from "../../core/access/patients-behind.ts";
import { listPeopleWith } from "../../core/access/who-to-ask.ts";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { notify } from "../notification/index.ts";
import { endBreakGlass, insertBreakGlass, listOpen, type OwnRow } from "./store.ts";

/**
 * Opens the record of one patient out of scope for an hour. Nobody has to approve: whoever reviews such access is told at once and
 * has 72 hours to judge it.
 */
export async function openBreakGlass(ctx: ActorContext, input: BreakGlassOpen): Promise<OwnBreakGlass> {
  const { platform, scope, session } = ctx;
  const patient = await patientBehind(platform, scope, { patientId: input.patientId });
  if (!patient || patient.isRemoved || patient.id !== input.patientId) throw new AppError("not-found");
  const decision = platform.policy.decide({
    subject: session,
    permission: "patient.read",
    resource: patient,
    now: platform.now(),
  });
  if (decision.allowed)
    throw new AppError("wrong-transition", {
      detail: "The record is open to you already.",
      current: { patientId: patient.id },
    });
  return ctx.work(async (work) => {
    const { tenantId } = scope;
    const id = newId();
    await insertBreakGlass(work.connection, {
      tenantId,
      id,
      userId: session.userId,
      patientId: input.patientId,
      facilityId: session.facility.id,
      sessionId: session.id,
      reasonCode: input.reasonCode,
      reasonTextSealed: sealText(
        platform.keys,
        { tenantId, table: "break_glass", id },
        "reason_text_sealed",
        input.reasonText,
      ),
      minutes: breakGlassMinutes,
      reviewHours: breakGlassReviewHours,
    });
    work.audit({
      action: "patient.break-glass",
      entity: "break-glass",
      entityId: id,
      patientId: input.patientId,
      reason: breakGlassReasonNames[input.reasonCode],
      words: input.reasonText,
      after: { reasonCode: input.reasonCode, minutes: breakGlassMinutes },
    });
    await tellReviewers(work, session.fullName);
    const opened = (await listOpen(work.connection, { tenantId, userId: session.userId })).find((row) => row.id === id);
    if (!opened) throw new AppError("not-found");
    return toOwn(opened);
  });
}

async function tellReviewers(work: Work, fullName: string): Promise<void> {
  const reviewers = await listPeopleWith(work.connection, {
    tenantId: work.scope.tenantId,
    permission: "privacy.review",
  });
  await notify(
    work,
    reviewers.map(({ id }) => id),
    { kind: "break-glass", title: `Emergency access by ${fullName}: to review within ${breakGlassReviewHours} hours` },
  );
  // Without the patient: it is for reviewers wherever they work, not for the patient's facility.
  work.emit({ name: "break-glass.opened" });
}

/** The person's own emergency accesses that are open. */
export async function ownBreakGlasses({ connection, scope }: Work): Promise<{ items: OwnBreakGlass[] }> {
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  return { items: (await listOpen(connection, { tenantId, userId: actor.userId })).map(toOwn) };
}

/** Closes the record again before the hour is over. */
export async function closeBreakGlass({ connection, scope, audit, emit }: Work, { id }: { id: string }): Promise<void> {
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const patientId = await endBreakGlass(connection, { tenantId, id, userId: actor.userId });
  if (!patientId) throw new AppError("not-found");
  audit({ action: "break-glass.end", entity: "break-glass", entityId: id, patientId, outOfScope: true });
  emit({ name: "break-glass.ended" });
}

export const toOwn = (row: OwnRow): OwnBreakGlass => ({
  id: row.id,
  patient: { id: row.patientId, mrn: row.mrn, firstName: row.firstName, lastName: row.lastName },
  reasonCode: row.reasonCode,
  startedAt: row.startedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
