import { AppError } from "../app-error.ts";
import type { ActorContext } from "../context.ts";
import type { Platform } from "../platform.ts";
import type { Scope, Session } from "../scope.ts";
import { auditAlone } from "../unit-of-work.ts";
import type { Budget } from "./call-limits.ts";

/** How many calls are taken, of one person or one organisation (`trust` D10). */
export type CallMaxima = {
  perUserMinute: number;
  perTenantMinute: number;
  /** Searches and exports of one person. */
  searchesMinute: number;
  /** Uploads of one person. */
  uploadsMinute: number;
  /** Bytes that an organisation uploads in a day. */
  uploadBytesDay: number;
};

/** What a procedure asks of more than the common budget. */
export type CallKind = "search" | "upload";

/**
 * Takes the call from the budgets of the person and the organisation. Each call of a batch counts for itself.
 * @throws AppError too-many-requests with the seconds to wait; the first refusal of a window is audited
 */
export function requireBudget(
  { platform, session, scope, request }: ActorContext,
  { path, kind }: { path: string; kind?: CallKind | undefined },
): void {
  const refusal = platform.calls.take(budgetsOf(platform.settings.calls, session, { kind, bytes: request.bytes }));
  if (!refusal) return;
  if (refusal.isFirst) tell(platform, scope, { path, subject: refusal.subject });
  throw new AppError("too-many-requests", {
    detail: `Too many requests in a short time. Go on in ${refusal.retryAfterSeconds} seconds.`,
    retryAfterSeconds: refusal.retryAfterSeconds,
  });
}

function budgetsOf(
  calls: CallMaxima,
  { tenantId, userId }: Session,
  { kind, bytes }: { kind?: CallKind | undefined; bytes: number },
): Budget[] {
  const budgets: Budget[] = [
    { subject: `user ${userId}`, max: calls.perUserMinute, windowSeconds: 60 },
    { subject: `tenant ${tenantId}`, max: calls.perTenantMinute, windowSeconds: 60 },
  ];
  if (kind === "search") budgets.push({ subject: `search ${userId}`, max: calls.searchesMinute, windowSeconds: 60 });
  if (kind === "upload")
    budgets.push(
      { subject: `upload ${userId}`, max: calls.uploadsMinute, windowSeconds: 60 },
      { subject: `upload bytes ${tenantId}`, max: calls.uploadBytesDay, windowSeconds: 86_400, weight: bytes },
    );
  return budgets;
}

/** In the background: a flood must not wait for the log, and one entry a window says it. */
function tell(platform: Platform, scope: Scope, { path, subject }: { path: string; subject: string }): void {
  auditAlone(platform, scope, {
    action: "auth.rate-limit",
    entity: "procedure",
    entityId: path,
    outcome: "refused",
    reason: `too many calls: ${subject.replace(/ [0-9a-f-]{36}$/, "")}`,
  }).catch((error: unknown) => platform.log.warn({ err: error }, "rate limit not audited"));
}
