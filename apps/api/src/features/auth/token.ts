import { randomBytes } from "node:crypto";
import { cutils } from "@infirmary/native";
import type { Platform } from "../../core/platform.ts";
import type { Scope, Session } from "../../core/scope.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { insertRefreshToken } from "./store.ts";

/** A token that names its tenant before anything is known: 16 bytes that say which, 32 that nobody can guess, in base64url. */
export function newToken(tenantId: string): string {
  return encode(tenantId, randomBytes(32));
}

/** The tenant a token of ours names; null where the text is none. */
export function tenantOfToken(token: string): string | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== 48 || bytes.toString("base64url") !== token) return null;
  const hex = bytes.toString("hex", 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * The one token that follows a given one: worked out under a key and not drawn, so that parallel requests with the same spent
 * token get the same successor and the database keeps hashes only.
 */
export function successorOf(platform: Platform, tenantId: string, token: string): string {
  return encode(tenantId, Buffer.from(platform.keys.token(token, { tenant: tenantId, field: "refresh-successor" })));
}

export function hashOfToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(cutils.sha256(token));
}

/** The first pair of tokens of a new session. */
export async function issueTokens(
  platform: Platform,
  scope: Scope,
  session: Session,
): Promise<{ access: string; refresh: string }> {
  const refresh = newToken(session.tenantId);
  await inWork(platform, scope, ({ tx }) =>
    insertRefreshToken(tx, {
      tenantId: session.tenantId,
      tokenHash: hashOfToken(refresh),
      sessionId: session.id,
      generation: 1,
    }),
  );
  return {
    access: await platform.accessTokens.sign({
      tenantId: session.tenantId,
      userId: session.userId,
      sessionId: session.id,
    }),
    refresh,
  };
}

function encode(tenantId: string, secret: Buffer): string {
  return Buffer.concat([Buffer.from(tenantId.replace(/-/g, ""), "hex"), secret]).toString("base64url");
}
