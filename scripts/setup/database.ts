import type { Env } from "../../apps/api/src/core/env.ts";
import { startEmbedded } from "../../packages/db/src/embedded/index.ts";
import { migrate } from "../../packages/db/src/migrate/index.ts";
import { ensureAppRole } from "../../packages/db/src/roles/index.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { appPassword } from "./keys.ts";
import type { DataFolder } from "./project.ts";

/** The database that the product runs on, ours or the operator's. */
export interface DatabaseServer {
  ownerUrl: string;
  /** One or two words for the progress line. */
  what: string;
  /** Settles when our own server has ended; never for the operator's. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Starts the embedded server, or takes the operator's (`DATABASE_URL`), which is neither started nor stopped. */
export async function startDatabase(env: Env, data: DataFolder): Promise<DatabaseServer> {
  if (env.DATABASE_URL) {
    const { hostname } = new URL(env.DATABASE_URL);
    return {
      ownerUrl: env.DATABASE_URL,
      what: `yours on ${hostname}`,
      ended: new Promise(() => {}),
      stop: async () => {},
    };
  }
  const server = await plainly(() =>
    startEmbedded({ dataDir: data.path, ...(env.DATABASE_PORT ? { port: env.DATABASE_PORT } : {}) }),
  );
  const { ownerUrl, ended, stop, port, clusterElsewhere } = server;
  return { ownerUrl, ended, stop, what: `port ${port}${clusterElsewhere ? `, files in ${clusterElsewhere}` : ""}` };
}

/** Makes the application's role and brings the schema up to date. */
export async function prepareDatabase(
  env: Env,
  data: DataFolder,
  ownerUrl: string,
): Promise<{ appUrl: string; applied: string[] }> {
  return plainly(async () => {
    const password = env.DATABASE_APP_URL ? undefined : appPassword(data.keys);
    const appUrl = await ensureAppRole({ ownerUrl, appUrl: env.DATABASE_APP_URL, password });
    return { appUrl, applied: await migrate(ownerUrl) };
  });
}

/** What packages/db throws already is a sentence for the operator; a connection error is made one. */
async function plainly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const message =
      error instanceof Error ? error.message || String((error as NodeJS.ErrnoException).code) : String(error);
    throw Object.assign(new PlainError(message), { cause: error });
  }
}
