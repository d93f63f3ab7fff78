import type { Connection } from "@infirmary/db/client";
import { cutils } from "@infirmary/native";
import { AppError } from "./app-error.ts";
import type { Platform } from "./platform.ts";
import type { Scope } from "./scope.ts";

/** A write that may be repeated: the client's key, the procedure it called, and the hash of what it sent. */
export type IdempotencyClaim = { key: string; procedure: string; requestHash: Uint8Array };

/**
 * Takes the key in the transaction of the effect (`trust` D11): the first taker goes on; a repeat of the same request gets the
 * first answer; another request under the same key is refused. A concurrent repeat waits for the first to commit.
 */
export async function claimIdempotencyKey(
  platform: Platform,
  connection: Connection,
  scope: Scope,
  claim: IdempotencyClaim,
): Promise<{ answer: unknown } | null> {
  const userId = scope.actor?.userId;
  if (!userId) return null;
  const inserted = await connection.query({
    name: "idempotency-claim",
    text: "INSERT INTO idempotency_key (tenant_id, user_id, procedure, key, request_hash) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    values: [scope.tenantId, userId, claim.procedure, claim.key, Buffer.from(claim.requestHash)],
  });
  if (inserted.rowCount === 1) return null;
  const { rows } = await connection.query<{ request_hash: Buffer; answer_sealed: Buffer | null }>({
    text: "SELECT request_hash, answer_sealed FROM idempotency_key WHERE tenant_id = $1 AND user_id = $2 AND procedure = $3 AND key = $4",
    values: [scope.tenantId, userId, claim.procedure, claim.key],
  });
  const row = rows[0];
  if (!row?.answer_sealed) throw new AppError("request-in-progress", { retryAfterSeconds: 1 });
  if (!cutils.timingSafeEqual(row.request_hash, claim.requestHash)) throw new AppError("idempotency-mismatch");
  return { answer: JSON.parse(platform.keys.open(row.answer_sealed, sealContext(scope, userId, claim))) };
}

/** Keeps the answer, sealed because it can hold a patient's data, for whoever repeats the request. */
export async function storeIdempotentAnswer(
  platform: Platform,
  connection: Connection,
  scope: Scope,
  claim: IdempotencyClaim & { answer: unknown },
): Promise<void> {
  const userId = scope.actor?.userId;
  if (!userId) return;
  const sealed = platform.keys.seal(JSON.stringify(claim.answer ?? null), sealContext(scope, userId, claim));
  await connection.query({
    name: "idempotency-store",
    text: "UPDATE idempotency_key SET answer_sealed = $5 WHERE tenant_id = $1 AND user_id = $2 AND procedure = $3 AND key = $4",
    values: [scope.tenantId, userId, claim.procedure, claim.key, Buffer.from(sealed)],
  });
}

const sealContext = (scope: Scope, userId: string, claim: IdempotencyClaim) => ({
  tenant: scope.tenantId,
  table: "idempotency_key",
  column: "answer",
  row: `${userId}|${claim.procedure}|${claim.key}`,
});

/** Deletes keys older than 24 hours. */
export async function deleteIdempotencyKeys(connection: Connection, { tenantId }: Scope): Promise<void> {
  await connection.query(
    "DELETE FROM idempotency_key WHERE tenant_id = $1 AND created_at < now() - interval '24 hours'",
    [tenantId],
  );
}
