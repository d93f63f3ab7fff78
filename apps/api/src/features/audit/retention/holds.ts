import type { AuditHold } from "@infirmary/shared/audit";
import { AppError } from "../../../core/app-error.ts";
import { newId } from "../../../core/id.ts";
import type { Work } from "../../../core/unit-of-work.ts";
import { insertHold, listHolds, releaseHoldRow } from "./retention-store.ts";

export async function auditHolds({ connection, scope }: Work): Promise<{ items: AuditHold[] }> {
  return { items: await listHolds(connection, scope.tenantId) };
}

/** Keeps days of the log from being deleted until the hold is released. */
export async function placeHold(
  { connection, scope, audit, now }: Work,
  { fromDay, toDay, reason }: { fromDay: string; toDay: string; reason: string },
): Promise<{ id: string }> {
  const id = newId();
  const placedById = scope.actor?.userId;
  if (!placedById) throw new AppError("not-signed-in");
  await insertHold(connection, { tenantId: scope.tenantId, id, fromDay, toDay, reason, placedById, at: now });
  audit({ action: "audit.place-hold", entity: "audit-hold", entityId: id, reason, after: { fromDay, toDay } });
  return { id };
}

/** Lets the days go their way again. @throws AppError `not-found` where there is no such hold, or it was released */
export async function releaseHold(
  { connection, scope, audit, now }: Work,
  { id, reason }: { id: string; reason: string },
): Promise<{ id: string }> {
  const by = scope.actor?.userId;
  if (!by) throw new AppError("not-signed-in");
  if (!(await releaseHoldRow(connection, { tenantId: scope.tenantId, id, by, reason, at: now })))
    throw new AppError("not-found");
  audit({ action: "audit.release-hold", entity: "audit-hold", entityId: id, reason });
  return { id };
}
