import { type Encounter, isClosed } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { loadEncounter } from "./encounter.ts";
import { lockEncounter } from "./store.ts";

/**
 * Holds a visit for a change: it exists, the person works where it takes place (403), it is of the version that is given (409), and it is
 * not closed (409). Whatever writes to a visit begins with this.
 */
export async function holdEncounter(
  work: Work,
  input: { id: string; version?: number | undefined },
): Promise<Encounter> {
  const { connection, scope } = work;
  if (!(await lockEncounter(connection, { tenantId: scope.tenantId, id: input.id }))) throw new AppError("not-found");
  const encounter = await loadEncounter(work, input);
  if (!scope.actor?.facilities.some(({ id }) => id === encounter.facilityId))
    throw new AppError("not-allowed", { detail: `You do not work at ${encounter.facilityName}, where this visit is.` });
  if (input.version !== undefined && input.version !== encounter.version)
    throw new AppError("stale-version", { current: encounter });
  if (isClosed(encounter.status)) throw new AppError("encounter-closed");
  return encounter;
}

/** Runs a change of a visit. A stale version is answered with the present record, so that look is audited although the work is undone. */
export async function changingEncounter<T>(
  ctx: ActorContext,
  action: string,
  input: { id: string },
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.work(fn);
  } catch (error) {
    const { current } = error instanceof AppError ? error : { current: undefined };
    if (current !== undefined)
      await auditAlone(ctx.platform, ctx.scope, {
        action,
        entity: "encounter",
        entityId: input.id,
        patientId: (current as Encounter).patientId,
        outcome: "failed",
        reason: "changed by someone else since it was opened",
      });
    throw error;
  }
}
