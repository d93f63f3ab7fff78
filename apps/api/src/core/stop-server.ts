import type { FastifyInstance } from "fastify";
import { AppError } from "./app-error.ts";
import type { Readiness } from "./readiness.ts";
import { sendProblem } from "./rest/problem.ts";

/** Set by a balancer that asks another process when one answers 503 to a request that only reads (docker/nginx). */
const retriesHeader = "x-retries-unavailable";

/**
 * While the process drains: no connection is kept for a next request, and reads are handed back to a balancer that
 * knows what to do with them. That is how one that does not ask for readiness learns to send its writes elsewhere
 * before this process stops listening.
 */
export function handOverWhileDraining(readiness: Readiness, app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    if (!readiness.isDraining) return;
    reply.header("connection", "close");
    if (request.method === "GET" && request.headers[retriesHeader] === "1")
      return sendProblem(reply, new AppError("unavailable", { detail: "This process is being stopped." }));
  });
}

/**
 * Ends event streams when `stopping` is aborted: they never end by themselves. The connection is cut rather than the
 * stream ended, because a screen comes back from a cut (to another process, if there is one) and takes an end for good.
 */
export function cutStreamsAt(stopping: AbortSignal, app: FastifyInstance): void {
  app.addHook("onRequest", async ({ raw, headers }) => {
    if (!headers.accept?.includes("text/event-stream")) return;
    const cut = () => raw.socket.destroy();
    stopping.addEventListener("abort", cut, { once: true });
    raw.socket.once("close", () => stopping.removeEventListener("abort", cut));
  });
}

/**
 * Stops taking requests and lets those under way finish, so that no write is committed without its answer. What is still open after
 * `graceMs` is cut.
 */
export async function stopServer(app: FastifyInstance, graceMs = 4_000): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  // A connection whose last answer has gone out is kept alive for the next request, which will not come here.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    clearInterval(idle);
  }
}
