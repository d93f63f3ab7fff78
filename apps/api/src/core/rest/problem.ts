import type { FastifyReply } from "fastify";
import type { AppError } from "../app-error.ts";
import { recentSeconds } from "../session/step-up.ts";

/** Answers with RFC 9457 problem details. `type` is a stable name, not an address to fetch. */
export function sendProblem(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.retryAfterSeconds !== null) reply.header("retry-after", error.retryAfterSeconds);
  if (error.http === 401) reply.header("www-authenticate", challengeOf(error));
  return reply
    .code(error.http)
    .header("content-type", "application/problem+json")
    .header("cache-control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:infirmary:error:${error.code}`,
        title: error.title,
        status: error.http,
        detail: error.detail ?? error.title,
        code: error.code,
        requestId: reply.request.id,
        ...(error.errors.length > 0 ? { errors: error.errors } : {}),
        ...(error.current === undefined ? {} : { current: error.current }),
        ...(error.blockers === undefined ? {} : { blockers: error.blockers }),
        ...(error.slots === undefined ? {} : { slots: error.slots }),
        ...(error.challenge ? { challenge: error.challenge } : {}),
      }),
    );
}

/** A session that is good but too long ago proved asks for more, in the words of RFC 9470. */
function challengeOf({ code }: AppError): string {
  return code === "reauthentication-required"
    ? `Bearer error="insufficient_user_authentication", max_age="${recentSeconds}"`
    : "Bearer";
}
