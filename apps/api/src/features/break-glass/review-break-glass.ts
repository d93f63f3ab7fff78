import type { BreakGlass, BreakGlassList, BreakGlassReview } from "@infirmary/shared/break-glass";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";
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
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    (row) => ({ at: state === "waiting" ? row.dueExact : row.startedExact, id: row.id }),
  );
  if (page.items.length > 0)
    audit({
      action: "break-glass.list",
      entity: "break-glass",
      after: { patientIds: [...new Set(page.items.map(({ patientId }) => patientId))] },
    });
  return { ...page, items: toBreakGlasses(work, page.items) };
}

/** Records what a review found. Nobody reviews the own access; what was judged is not judged again. */
export async function reviewBreakGlass(work: Work, input: BreakGlassReview): Promise<BreakGlass> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const find = () => acrossFacilities(work, () => findBreakGlass(connection, { tenantId, id: input.id }));
  const before = await find();
  if (!before) throw new AppError("not-found");
  if (before.userId === actor.userId)
    throw new AppError("not-allowed", { detail: "Somebody else has to review your own emergency access." });
  if (before.version !== input.version)
    throw new AppError("stale-version", { current: toBreakGlasses(work, [before])[0] });
  if (before.outcome !== null) throw new AppError("wrong-transition", { detail: "This access was reviewed already." });
  const comment = input.comment ?? null;
  if (input.outcome !== "JUSTIFIED" && !comment)
    throw new AppError("validation-failed", { errors: [{ path: "comment", message: "Say what was found." }] });
  const isRecorded = await recordReview(connection, {
    tenantId,
    id: input.id,
    version: input.version,
    outcome: input.outcome,
    commentSealed: sealText(
      platform.keys,
      { tenantId, table: "break_glass", id: input.id },
      "review_comment_sealed",
      comment,
    ),
    reviewedById: actor.userId,
  });
  const after = await find();
  const [shown] = after ? toBreakGlasses(work, [after]) : [];
  if (!isRecorded || !shown) throw new AppError("stale-version", { current: shown });
  audit({
    action: "break-glass.review",
    entity: "break-glass",
    entityId: input.id,
    patientId: before.patientId,
    outOfScope: true,
    words: comment,
    after: { outcome: input.outcome, userId: before.userId },
  });
  emit({ name: "break-glass.reviewed" });
  return shown;
}

function toBreakGlasses({ platform, scope }: Work, rows: readonly BreakGlassRow[]): BreakGlass[] {
  const texts = openTexts(
    platform.keys,
    { tenantId: scope.tenantId, table: "break_glass" },
    ["reason_text_sealed", "review_comment_sealed"],
    rows,
  );
  return rows.map((row, index) =>
    toBreakGlass(row, {
      reasonText: texts[index]?.reason_text_sealed ?? "",
      comment: texts[index]?.review_comment_sealed ?? null,
    }),
  );
}

function toBreakGlass(
  row: BreakGlassRow,
  { reasonText, comment }: { reasonText: string; comment: string | null },
): BreakGlass {
  return {
    ...toOwn(row),
    userId: row.userId,
    userName: row.userName,
    userTitle: row.userTitle,
    facilityName: row.facilityName,
    reasonText,
    endedAt: row.endedAt?.toISOString() ?? null,
    reviewDueAt: row.reviewDueAt.toISOString(),
    lookups: row.lookups,
    review:
      row.outcome && row.reviewedAt && row.reviewedByName
        ? {
            outcome: row.outcome,
            comment,
            reviewedByName: row.reviewedByName,
            reviewedAt: row.reviewedAt.toISOString(),
          }
        : null,
    version: row.version,
  };
}
