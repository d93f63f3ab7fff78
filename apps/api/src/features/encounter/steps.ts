import type { Encounter } from "@infirmary/shared/encounter";
import type { ActorContext } from "../../core/context.ts";
import { sealText } from "../../core/sealed-text.ts";
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
  return changingEncounter(ctx, "encounter.cancel", input, async (work) => {
    const before = await holdEncounter(work, input);
    const { tenantId } = work.scope;
    const cancelReason = sealText(
      work.platform.keys,
      { tenantId, table: "encounter", id: before.id },
      "cancel_reason_sealed",
      input.reason,
    );
    return moveEncounter(work, before, "CANCELLED", { more: { cancel_reason_sealed: cancelReason } });
  });
}
