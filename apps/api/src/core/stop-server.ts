import type { FastifyInstance } from "fastify";

/**
 * Stops taking requests and lets those under way finish, so that no write is committed without its answer. What is still open after
 * `graceMs` is cut: event streams never end by themselves, and their screens come back.
 */
export async function stopServer(app: FastifyInstance, graceMs = 1_500): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
