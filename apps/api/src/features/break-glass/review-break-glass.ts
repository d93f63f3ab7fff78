import type { BreakGlass, BreakGlassList, BreakGlassReview } from "@infirmary/shared/break-glass";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { toOwn } from "./open-break-glass.ts";
import { type BreakGlassRow, findBreakGlass, listBreakGlass, recordReview } from "./store.ts";

const keys = z.strictObject({ at: exactTime, id: z.uuid() });

/** Emergency accesses of the organisation, to review or reviewed. That their patients were shown stays in the audit log. */
export async function listReviews(work: Work, { state, limit, cursor }: BreakGlassList): Promise<Page<BreakGlass>> {
  const { connection, scope, audit } = work;
  const after = decodeCursor(cursor, keys);
  const rows = await acrossFacilities(work, () =>
    listBreakGlass(connection, { tenantId: scope.tenantId, state, after, limit: limit + 1 }),
  );
  const page = pageFrom(rows, limit, toBreakGlass, (row) => ({
    at: state === "waiting" ? row.dueExact : row.startedExact,
    id: row.id,
  }));
  if (page.items.length > 0)
    audit({
      action: "break-glass.list",
      entity: "break-glass",
      after: { patientIds: [...new Set(page.items.map(({ patient }) => patient.id))] },
    });
  return page;
}

/** Records what a review found. Nobody reviews the own access; what was judged is not judged again. */
export async function reviewBreakGlass(work: Work, input: BreakGlassReview): Promise<BreakGlass> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const find = () => acrossFacilities(work, () => findBreakGlass(connection, { tenantId, id: input.id }));
  const before = await find();
  if (!before) throw new AppError("not-found");
  if (before.userId === actor.userId)
    throw new AppError("not-allowed", { detail: "Somebody else has to review your own emergency access." });
  if (before.version !== input.version) throw new AppError("stale-version", { current: toBreakGlass(before) });
  if (before.outcome !== null) throw new AppError("wrong-transition", { detail: "This access was reviewed already." });
  const comment = input.comment ?? null;
  if (input.outcome !== "JUSTIFIED" && !comment)
    throw new AppError("validation-failed", { errors: [{ path: "comment", message: "Say what was found." }] });
  const isRecorded = await recordReview(connection, {
    tenantId,
    id: input.id,
    version: input.version,
    outcome: input.outcome,
    comment,
    reviewedById: actor.userId,
  });
  const after = await find();
  if (!isRecorded || !after) throw new AppError("stale-version", { current: after ? toBreakGlass(after) : undefined });
  audit({
    action: "break-glass.review",
    entity: "break-glass",
    entityId: input.id,
    patientId: before.patientId,
    outOfScope: true,
    reason: comment,
    after: { outcome: input.outcome, userId: before.userId },
  });
  emit({ name: "break-glass.reviewed" });
  return toBreakGlass(after);
}

function toBreakGlass(row: BreakGlassRow): BreakGlass {
  return {
    ...toOwn(row),
    userId: row.userId,
    userName: row.userName,
    userTitle: row.userTitle,
    facilityName: row.facilityName,
    reasonText: row.reasonText,
    endedAt: row.endedAt?.toISOString() ?? null,
    reviewDueAt: row.reviewDueAt.toISOString(),
    lookups: row.lookups,
    review:
      row.outcome && row.reviewedAt && row.reviewedByName
        ? {
            outcome: row.outcome,
            comment: row.comment,
            reviewedByName: row.reviewedByName,
            reviewedAt: row.reviewedAt.toISOString(),
          }
        : null,
    version: row.version,
  };
}
