import type { AuditHold } from "@infirmary/shared/audit";
import { AppError } from "../../../core/app-error.ts";
import { newId } from "../../../core/id.ts";
import { openTexts, sealText } from "../../../core/sealed-text.ts";
import type { Work } from "../../../core/unit-of-work.ts";
import { insertHold, listHolds, releaseHoldRow } from "./retention-store.ts";

export async function auditHolds({ connection, platform, scope }: Work): Promise<{ items: AuditHold[] }> {
  const { tenantId } = scope;
  const rows = await listHolds(connection, tenantId);
  const texts = openTexts(
    platform.keys,
    { tenantId, table: "audit_hold" },
    ["reason_sealed", "release_reason_sealed"],
    rows,
  );
  const items = rows.map(({ placed_at, released_at, reason_sealed: _, release_reason_sealed: __, ...row }, index) => ({
    ...row,
    reason: texts[index]?.reason_sealed ?? "",
    releaseReason: texts[index]?.release_reason_sealed ?? null,
    placedAt: placed_at.toISOString(),
    releasedAt: released_at?.toISOString() ?? null,
  }));
  return { items };
}

/** Keeps days of the log from being deleted until the hold is released. */
export async function placeHold(
  { connection, platform, scope, audit, now }: Work,
  { fromDay, toDay, reason }: { fromDay: string; toDay: string; reason: string },
): Promise<{ id: string }> {
  const id = newId();
  const placedById = scope.actor?.userId;
  if (!placedById) throw new AppError("not-signed-in");
  const { tenantId } = scope;
  const reasonSealed = sealText(platform.keys, { tenantId, table: "audit_hold", id }, "reason_sealed", reason);
  await insertHold(connection, { tenantId, id, fromDay, toDay, reasonSealed, placedById, at: now });
  audit({ action: "audit.place-hold", entity: "audit-hold", entityId: id, words: reason, after: { fromDay, toDay } });
  return { id };
}

/** Lets the days go their way again. @throws AppError `not-found` where there is no such hold, or it was released */
export async function releaseHold(
  { connection, platform, scope, audit, now }: Work,
  { id, reason }: { id: string; reason: string },
): Promise<{ id: string }> {
  const by = scope.actor?.userId;
  if (!by) throw new AppError("not-signed-in");
  const { tenantId } = scope;
  const place = { tenantId, table: "audit_hold", id };
  const reasonSealed = sealText(platform.keys, place, "release_reason_sealed", reason);
  if (!(await releaseHoldRow(connection, { tenantId, id, by, reasonSealed, at: now }))) throw new AppError("not-found");
  audit({ action: "audit.release-hold", entity: "audit-hold", entityId: id, words: reason });
  return { id };
}
