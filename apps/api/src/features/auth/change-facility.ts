import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { atFacility, type Session } from "../../core/scope.ts";
import { moveSession } from "./store.ts";

/** Makes another of the person's facilities the one the session works at, wherever it does not say otherwise. */
export async function changeFacility(ctx: ActorContext, { facilityId }: { facilityId: string }): Promise<Session> {
  const { platform, session } = ctx;
  const moved = atFacility(session, facilityId);
  if (!moved) throw new AppError("not-a-member");
  const { tenantId, id, userId } = session;
  return ctx.work(async (work) => {
    await moveSession(work.tx, { tenantId, id, facilityId });
    work.audit({
      action: "auth.change-facility",
      entity: "session",
      entityId: id,
      before: { facility: session.facility.code },
      after: { facility: moved.facility.code },
    });
    work.emit({ name: "session.moved", userId });
    work.afterCommit(() => platform.sessions.forget(tenantId, id));
    return moved;
  });
}
