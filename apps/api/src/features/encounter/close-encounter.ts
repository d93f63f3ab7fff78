import { can } from "@infirmary/shared/access";
import { type Blocker, type Encounter, permissionOfMove } from "@infirmary/shared/encounter";
import { notAllowed } from "../../core/access/not-allowed.ts";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { blockersOf } from "./blockers.ts";
import { getEncounter } from "./encounter.ts";
import { moveEncounter } from "./move-encounter.ts";
import { changingEncounter, holdEncounter } from "./open-encounter.ts";

type Close = { id: string; version?: number | undefined; overrideReason?: string | null | undefined };

/**
 * Closes a visit for good. Where something is open the answer is 409 `close-blocked` with the list; a person with the right to override
 * closes it all the same with a reason, which the audit log keeps beside what was open.
 */
export async function closeEncounter(ctx: ActorContext, input: Close): Promise<Encounter> {
  try {
    return await changingEncounter(ctx, "encounter.close", input, async (work) => {
      const before = await holdEncounter(work, input);
      // A visit that is in no state to be closed says so, and not what it lacks.
      const blockers = permissionOfMove(before.status, "COMPLETED") ? await blockersOf(work, before) : [];
      if (blockers.length === 0) return moveEncounter(work, before, "COMPLETED");
      if (!input.overrideReason) throw new AppError("close-blocked", { blockers });
      if (!can(ctx.session.permissions, "encounter.override")) throw notAllowed("encounter.override");
      const closed = await moveEncounter(work, before, "COMPLETED", { words: input.overrideReason });
      noteOverride(work, before, { blockers, reason: input.overrideReason });
      return closed;
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "close-blocked")
      await auditAlone(ctx.platform, ctx.scope, {
        action: "encounter.close",
        entity: "encounter",
        entityId: input.id,
        outcome: "failed",
        after: { blockers: error.blockers?.map(({ code }) => code) ?? [] },
      });
    throw error;
  }
}

function noteOverride(work: Work, before: Encounter, { blockers, reason }: { blockers: Blocker[]; reason: string }) {
  const codes = blockers.map(({ code }) => code);
  work.audit({
    action: "encounter.override",
    entity: "encounter",
    entityId: before.id,
    patientId: before.patientId,
    words: reason,
    after: { blockers: codes },
  });
  work.emit({
    name: "encounter.overridden",
    encounterId: before.id,
    patientId: before.patientId,
    detail: { open: blockers.length },
  });
}

/** The list a person looks at before closing. */
export async function readBlockers(work: Work, input: { id: string }): Promise<{ items: Blocker[] }> {
  return { items: await blockersOf(work, await getEncounter(work, input)) };
}
