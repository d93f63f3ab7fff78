import { foldName, type Page } from "@infirmary/shared/core";
import type {
  UnmatchedCandidate,
  UnmatchedDetail,
  UnmatchedMessage,
  UnmatchedStatus,
} from "@infirmary/shared/unmatched";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { interpretMessage, previewResult, recordNumbersOf } from "../result/index.ts";
import { type DeskRow, findDesk, listDesk, listLikely } from "./desk-store.ts";
import { rankCandidates } from "./rank-candidates.ts";

const keys = z.strictObject({ receivedAt: exactTime, id: z.uuid() });

/** The messages that wait, or waited; those that wait with the orders they could belong to. */
export async function listUnmatched(
  work: Work,
  { status, limit, cursor }: { status: UnmatchedStatus; limit: number; cursor?: string | null | undefined },
): Promise<Page<UnmatchedMessage>> {
  const { connection, scope } = work;
  const { tenantId } = scope;
  const rows = await listDesk(connection, { tenantId, status, after: decodeCursor(cursor, keys), limit: limit + 1 });
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    ({ receivedAtExact, id }) => ({ receivedAt: receivedAtExact, id }),
  );
  const items: UnmatchedMessage[] = [];
  for (const row of page.items)
    items.push(toMessage(work, row, status === "WAITING" ? await candidatesOf(work, row) : []));
  auditShown(work, items, "unmatched.list", null);
  return { items, nextCursor: page.nextCursor };
}

/** One message, whole, with every fault in its place. */
export async function getUnmatched(work: Work, { id }: { id: string }): Promise<UnmatchedDetail> {
  const row = await findDesk(work.connection, { tenantId: work.scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  const bytes = rawOf(work, row);
  const { messages } = await previewResult(work, { bytes });
  const [preview] = messages;
  if (!preview) throw new AppError("not-found");
  const message = toMessage(work, row, row.status === "WAITING" ? await candidatesOf(work, row) : []);
  auditShown(work, [message], "unmatched.read", id);
  return { ...message, preview };
}

/** The bytes as they were received. */
export function rawOf({ platform, scope }: Work, { id, rawSealed }: Pick<DeskRow, "id" | "rawSealed">): Uint8Array {
  return platform.keys.openBytes(rawSealed, {
    tenant: scope.tenantId,
    table: "unmatched_message",
    column: "raw_sealed",
    row: id,
  });
}

async function candidatesOf(work: Work, row: DeskRow): Promise<UnmatchedCandidate[]> {
  const { content } = interpretMessage(rawOf(work, row), null);
  if (!content) return [];
  const mrns = recordNumbersOf(content, []);
  const birthDate = /^(\d{4})(\d{2})(\d{2})/.exec(content.birthDate);
  const day = birthDate ? birthDate.slice(1, 4).join("-") : null;
  const orders = await listLikely(work.connection, {
    tenantId: work.scope.tenantId,
    mrns,
    birthDate: day && !Number.isNaN(Date.parse(day)) ? day : null,
    familyNames: content.familyNames.flatMap((name) => foldName(name).split(" ")).filter(Boolean),
    orderNumbers: content.orderNumbers.slice(0, 5),
  });
  return rankCandidates(content, mrns, orders);
}

function toMessage({ platform, scope }: Work, row: DeskRow, candidates: UnmatchedCandidate[]): UnmatchedMessage {
  const where = { tenantId: scope.tenantId, table: "unmatched_message" };
  const [texts] = openTexts(platform.keys, where, ["resolution_sealed"], [row]);
  return {
    id: row.id,
    controlId: row.controlId,
    sender: row.sender,
    partnerName: row.partnerName,
    type: row.type,
    reason: row.reason,
    path: row.problems[0]?.path ?? "MSH",
    problems: row.problems,
    status: row.status,
    receivedAt: row.receivedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    resolvedByName: row.resolvedByName,
    resolution: texts?.resolution_sealed ?? null,
    version: row.version,
    candidates,
  };
}

/** The candidates are patients shown. */
function auditShown(work: Work, messages: readonly UnmatchedMessage[], action: string, entityId: string | null): void {
  const patientIds = [...new Set(messages.flatMap(({ candidates }) => candidates.map(({ patient }) => patient.id)))];
  work.audit({ action, entity: "unmatched", entityId, after: { patientIds } });
}
