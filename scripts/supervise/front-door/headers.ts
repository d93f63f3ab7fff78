import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";

/** What concerns one connection only and is never passed on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * What a client may not tell our own servers: where it comes from, and the names Next uses between its own parts (some
 * have let requests around its checks). `expect` is answered here.
 */
const OURS_TO_SAY = /^(forwarded|x-forwarded-.*|x-real-ip|x-middleware-.*|x-invoke-.*|x-matched-path|x-nonce|expect)$/;

/** The headers for the server behind: the client's own, and who it is. */
export function requestHeaders(request: IncomingMessage, protocol: "http" | "https"): OutgoingHttpHeaders {
  const { headers, socket } = request;
  const passed: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(endToEnd(headers))) {
    if (!OURS_TO_SAY.test(name)) passed[name] = value;
  }
  // A body whose length is unknown must be announced again: the next connection frames it anew.
  if (headers["transfer-encoding"]) passed["transfer-encoding"] = "chunked";
  passed["x-forwarded-for"] = socket.remoteAddress?.replace(/^::ffff:/, "") ?? "";
  passed["x-forwarded-proto"] = protocol;
  if (headers.host) passed["x-forwarded-host"] = headers.host;
  return passed;
}

/** All but what concerns one connection, including what its `connection` header names. */
export function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set(headers.connection?.toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.has(name)));
}
