import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedDatabase, startEmbedded } from "../src/embedded/index.ts";
import { migrate } from "../src/migrate/index.ts";
import { ensureAppRole } from "../src/roles/index.ts";

/**
 * Vitest's global set-up: one PostgreSQL for the whole run, in a folder of its own, with a migrated database that
 * `testDatabase()` clones. Tells the workers through TEST_DATABASE_OWNER_URL (the template) and TEST_DATABASE_APP_URL.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "infirmary-test-"));
  // Run by root, the server has an account of its own that must reach the folder.
  chmodSync(dataDir, 0o755);
  let server: EmbeddedDatabase | undefined;
  const tearDown = async () => {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    server = await startEmbedded({ dataDir, isThrowaway: true });
    const password = randomBytes(16).toString("hex");
    process.env.TEST_DATABASE_OWNER_URL = server.ownerUrl;
    process.env.TEST_DATABASE_APP_URL = await ensureAppRole({ ownerUrl: server.ownerUrl, password });
    await migrate(server.ownerUrl);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
