import type { FastifyInstance, FastifyReply } from "fastify";

const none = "default-src 'none'; frame-ancestors 'none'";

/**
 * What every answer of the API carries, errors and event streams included. Nothing here is a page, so nothing may run, be framed or be
 * kept; the pages of the documentation bring a policy of their own.
 */
export function addSecurityHeaders(app: FastifyInstance, { isHttps }: { isHttps: boolean }): void {
  // Before the handler: an event stream's head goes out before any hook of the answer.
  app.addHook("onRequest", async (_request, reply) => setSecurityHeaders(reply, isHttps));
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("content-security-policy")) reply.header("content-security-policy", none);
  });
}

/** For an answer that no hook sees, too. */
export function setSecurityHeaders(reply: FastifyReply, isHttps: boolean): void {
  reply.headers({
    "x-request-id": reply.request.id,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cache-control": "no-store",
    ...(isHttps ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  });
}
