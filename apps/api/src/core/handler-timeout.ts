import type { FastifyInstance } from "fastify";
import { AppError } from "./app-error.ts";
import { sendProblem } from "./rest/problem.ts";

/** Longer than a statement (10 s) and the wait for a connection (2 s) together; a client has given up by then. */
export const handlerTimeoutMs = 15_000;

/**
 * Answers 503 where a handler has not answered in time. Fastify's own `handlerTimeout` cuts event streams too, which are to last, so the
 * scope they share with other calls gets this instead. What was begun ends by the database's own limits.
 */
export function limitHandlers(app: FastifyInstance, timeoutMs = handlerTimeoutMs): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.headers.accept?.includes("text/event-stream")) return;
    const timer = setTimeout(() => {
      if (!reply.sent && !reply.raw.headersSent)
        void sendProblem(
          reply,
          new AppError("unavailable", { detail: "The request took too long.", retryAfterSeconds: 5 }),
        );
    }, timeoutMs);
    reply.raw.once("close", () => clearTimeout(timer));
  });
}
