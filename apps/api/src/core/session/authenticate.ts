// Puts `cookies` on the request for whoever compiles this file without the server, as the portal does for its types.
import type {} from "@fastify/cookie";
import type { FastifyRequest } from "fastify";
import { AppError } from "../app-error.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";
import { openSessionCookie, sessionCookieName } from "./cookie.ts";

/** Who sends the request: a session; null where no credential was shown; an error where one was shown that does not hold. */
export async function authenticate(platform: Platform, request: FastifyRequest): Promise<Session | AppError | null> {
  const authorization = request.headers.authorization;
  if (authorization !== undefined) {
    const token = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/.exec(authorization)?.[1];
    const claims = token ? await platform.accessTokens.verify(token) : null;
    const session = claims ? await platform.sessions.find(claims.tenantId, claims.sessionId) : null;
    return session && session.kind === "TOKEN" && session.userId === claims?.userId
      ? session
      : new AppError("token-invalid");
  }
  const cookie = request.cookies[sessionCookieName(platform.settings.publicOrigin)];
  if (cookie === undefined) return null;
  const claims = await openSessionCookie(cookie, platform.settings.sessionSecret);
  const session = claims ? await platform.sessions.find(claims.tenantId, claims.sessionId) : null;
  if (session?.kind !== "BROWSER") return new AppError("token-invalid");
  const forged = crossSiteReason(request, platform.settings.publicOrigin);
  return forged ? new AppError("cross-site-request", { detail: forged }) : session;
}

/**
 * A cookie is sent by the browser whoever asks, so a request that relies on one must come from the portal's own pages: same
 * origin by the browser's word and, unless it only reads by GET, with a header that no foreign page can add.
 */
function crossSiteReason(request: FastifyRequest, publicOrigin: string): string | null {
  const { origin, "sec-fetch-site": site } = request.headers;
  if (origin !== undefined && origin !== publicOrigin) return "The origin is not the portal's.";
  if (site !== undefined && site !== "same-origin" && site !== "none") return "The request came from another site.";
  if (request.method !== "GET" && request.method !== "HEAD" && request.headers["x-infirmary-csrf"] !== "1")
    return "The header x-infirmary-csrf is missing.";
  return null;
}
