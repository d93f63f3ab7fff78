import type { FastifyInstance } from "fastify";

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
export async function stopServer(app: FastifyInstance, graceMs = 5_000): Promise<void> {
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
