import type { FastifyInstance, FastifyRequest } from "fastify";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { openSessionCookie, sessionCookieName } from "../../core/session/cookie.ts";
import { auditAlone } from "../../core/unit-of-work.ts";
import { readReports } from "./read-reports.ts";
import { ReportTally } from "./report-tally.ts";

const bodyBytesMax = 32 * 1024;
const everyMs = 60_000;

/**
 * Takes what browsers report of the pages' content security policy: `POST /csp-reports`. Nobody has to be signed in and nothing is answered,
 * so nothing is stored for a request: violations are counted, and once a minute each organisation with some gets one audit entry. Those of
 * pages before the sign-in go to the process's log.
 */
export function registerCspReports(app: FastifyInstance, platform: Platform, { flushMs = everyMs } = {}): void {
  const tally = new ReportTally();
  const parse = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser(
    ["application/reports+json", "application/csp-report"],
    { parseAs: "string", bodyLimit: bodyBytesMax },
    (request, body, done) => parse(request, String(body), done),
  );
  app.post("/csp-reports", { bodyLimit: bodyBytesMax }, async (request, reply) => {
    const site = request.headers["sec-fetch-site"];
    if (site === undefined || site === "same-origin")
      tally.add(await tenantOf(platform, request), readReports(request.body));
    return reply.code(204).send();
  });
  const timer = setInterval(() => void flush(platform, tally), flushMs).unref();
  app.addHook("onClose", async () => {
    clearInterval(timer);
    await flush(platform, tally);
  });
}

/** The organisation that the browser's cookie names; the cookie alone grants nothing here. */
async function tenantOf({ settings }: Platform, request: FastifyRequest): Promise<string | null> {
  const cookie = request.cookies[sessionCookieName(settings.publicOrigin)];
  const claims = cookie === undefined ? null : await openSessionCookie(cookie, settings.sessionSecret);
  return claims?.tenantId ?? null;
}

async function flush(platform: Platform, tally: ReportTally): Promise<void> {
  for (const { tenantId, violations, others } of tally.take()) {
    if (tenantId === null) {
      platform.log.warn({ violations, others }, "a page's content security policy was broken");
      continue;
    }
    const scope = { tenantId, actor: null, requestId: newId(), ip: null };
    const entry = { action: "csp.report", entity: "page", outcome: "refused", after: { violations, others } } as const;
    await auditAlone(platform, scope, entry).catch((err: unknown) =>
      platform.log.error({ err, tenantId, violations: violations.length, others }, "reports could not be audited"),
    );
  }
}
