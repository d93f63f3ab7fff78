import { cutils } from "@infirmary/native";
import type { UnmatchedMessage } from "@infirmary/shared/unmatched";
import { AppError } from "../../core/app-error.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { fileGroup, interpretMessage, refuseFaulty } from "../result/index.ts";
import { type DeskRow, findDesk, resolveDesk } from "./desk-store.ts";
import { rawOf } from "./read-desk.ts";

export type Resolved = Pick<UnmatchedMessage, "id" | "status" | "version"> & {
  messageId: string | null;
  orderId: string | null;
};

/**
 * Files a waiting message with the order a person chose. Where the message says something else than that order and its patient, a reason
 * must be given; it stands in the audit log with what spoke against it.
 */
export async function matchMessage(
  work: Work,
  {
    id,
    orderId,
    reason,
    version,
  }: { id: string; orderId: string; reason?: string | null | undefined; version?: number | undefined },
): Promise<Resolved> {
  const row = await takeWaiting(work, { id, version });
  return fileFrom(work, row, { bytes: rawOf(work, row), orderId, reason: reason ?? null, action: "unmatched.match" });
}

/** Tries a waiting message again, as it is or mended: for an order that is there by now, or a fault that was put right. */
export async function replayMessage(
  work: Work,
  { id, bytes, version }: { id: string; bytes: Uint8Array | null; version?: number | undefined },
): Promise<Resolved> {
  const row = await takeWaiting(work, { id, version });
  return fileFrom(work, row, {
    bytes: bytes ?? rawOf(work, row),
    orderId: null,
    reason: null,
    action: "unmatched.replay",
  });
}

/** Puts a message away that belongs nowhere. It stays readable. */
export async function rejectMessage(
  work: Work,
  { id, reason, version }: { id: string; reason: string; version?: number | undefined },
): Promise<Resolved> {
  const row = await takeWaiting(work, { id, version });
  const { tenantId, actor } = work.scope;
  if (!actor) throw new AppError("not-signed-in");
  await resolveDesk(work.connection, {
    tenantId,
    id,
    status: "REJECTED",
    userId: actor.userId,
    resolutionSealed: sealResolution(work, id, reason),
    messageId: null,
  });
  work.audit({
    action: "unmatched.reject",
    entity: "unmatched",
    entityId: id,
    words: reason,
    before: { status: row.status },
    after: { status: "REJECTED" },
  });
  work.emit({ name: "unmatched.changed" });
  return { id, status: "REJECTED", version: row.version + 1, messageId: null, orderId: null };
}

/** What a person said of a message is free text of the desk, and can name the patient. */
const sealResolution = ({ platform, scope }: Work, id: string, text: string | null) =>
  sealText(platform.keys, { tenantId: scope.tenantId, table: "unmatched_message", id }, "resolution_sealed", text);

async function takeWaiting(work: Work, { id, version }: { id: string; version: number | undefined }): Promise<DeskRow> {
  const row = await findDesk(work.connection, { tenantId: work.scope.tenantId, id, isHeld: true });
  if (!row) throw new AppError("not-found");
  if (row.status !== "WAITING")
    throw new AppError("wrong-transition", { detail: "Somebody has filed or rejected this message already." });
  if (version !== undefined && version !== row.version) throw new AppError("stale-version");
  return row;
}

async function fileFrom(
  work: Work,
  row: DeskRow,
  how: { bytes: Uint8Array; orderId: string | null; reason: string | null; action: string },
): Promise<Resolved> {
  const { scope, connection } = work;
  const { actor, tenantId } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const interpreted = interpretMessage(how.bytes, null);
  refuseFaulty(interpreted);
  const where = { tenantId, table: "unmatched_message" };
  const [texts] = openTexts(work.platform.keys, where, ["file_name_sealed"], [row]);
  const [settled] = await fileGroup(work, [
    {
      scope,
      bytes: how.bytes,
      content: interpreted.content,
      contentHash: cutils.sha256(how.bytes),
      orderId: how.orderId,
      placedBecause: how.reason,
      fileName: texts?.file_name_sealed ?? null,
      partner: row.partnerId && row.partnerName ? { id: row.partnerId, name: row.partnerName } : null,
    },
  ]);
  if (!settled || "error" in settled) throw settled?.error;
  const { messageId, orderId } = settled.answer;
  await resolveDesk(connection, {
    tenantId,
    id: row.id,
    status: "FILED",
    userId: actor.userId,
    resolutionSealed: sealResolution(work, row.id, how.reason),
    messageId,
  });
  work.audit({
    action: how.action,
    entity: "unmatched",
    entityId: row.id,
    words: how.reason,
    before: { status: row.status, reason: row.reason },
    after: { status: "FILED", messageId, orderId },
  });
  work.emit({ name: "unmatched.changed" });
  return { id: row.id, status: "FILED", version: row.version + 1, messageId, orderId };
}
