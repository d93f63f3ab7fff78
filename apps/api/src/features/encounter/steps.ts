import type { Encounter } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { moveEncounter } from "./move-encounter.ts";
import { changingEncounter, holdEncounter } from "./open-encounter.ts";

type Step = { id: string; version?: number | undefined };

/** The patient is here. */
export function checkIn(ctx: ActorContext, input: Step): Promise<Encounter> {
  return changingEncounter(ctx, "encounter.check-in", input, async (work) =>
    moveEncounter(work, await holdEncounter(work, input), "ARRIVED"),
  );
}

/** The doctor who starts is the one who sees the patient, whoever was planned. */
export function startConsult(ctx: ActorContext, input: Step): Promise<Encounter> {
  return changingEncounter(ctx, "encounter.start-consult", input, async (work) =>
    moveEncounter(work, await holdEncounter(work, input), "IN_CONSULT", { more: { provider_id: ctx.session.userId } }),
  );
}

/** Cancels a visit that has not come to a consultation. The reason stays with the visit, sealed; the audit entry only says there is one. */
export function cancelEncounter(ctx: ActorContext, input: Step & { reason: string }): Promise<Encounter> {
  return changingEncounter(ctx, "encounter.cancel", input, async (work) =>
    moveToCancelled(work, await holdEncounter(work, input), input.reason),
  );
}

/** Takes back a check-in that made this visit: it is cancelled, unless somebody has seen to the patient already (409). */
export async function withdrawCheckIn(work: Work, { id }: { id: string }): Promise<void> {
  const visit = await holdEncounter(work, { id });
  if (visit.status !== "ARRIVED")
    throw new AppError("wrong-transition", {
      detail: "The visit has gone on; the check-in can no longer be taken back.",
    });
  await moveToCancelled(work, visit, "The check-in was taken back.");
}

function moveToCancelled(work: Work, before: Encounter, reason: string): Promise<Encounter> {
  const place = { tenantId: work.scope.tenantId, table: "encounter", id: before.id };
  const sealed = sealText(work.platform.keys, place, "cancel_reason_sealed", reason);
  return moveEncounter(work, before, "CANCELLED", { more: { cancel_reason_sealed: sealed } });
}
