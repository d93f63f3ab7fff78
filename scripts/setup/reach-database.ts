import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Env } from "../../apps/api/src/core/env.ts";
import { prepareDatabase, startDatabase } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { appPassword } from "./keys.ts";
import type { DataFolder } from "./project.ts";

/** The application's sign-in to the database, of the running product or of one started for the time of a command. */
export interface ReachedDatabase {
  appUrl: string;
  /** Signs in as the schema's owner: for backups and keys. */
  ownerUrl: string | undefined;
  /** Gives back what was started. */
  leave(): Promise<void>;
}

/** For a command beside the product: joins the database where it runs, else starts the embedded one. */
export async function reachDatabase(env: Env, data: DataFolder, command: string): Promise<ReachedDatabase> {
  if (env.DATABASE_APP_URL)
    return { appUrl: env.DATABASE_APP_URL, ownerUrl: env.DATABASE_URL, leave: async () => undefined };
  if (env.DATABASE_URL) {
    const { appUrl } = await prepareDatabase(env, data, env.DATABASE_URL);
    return { appUrl, ownerUrl: env.DATABASE_URL, leave: async () => undefined };
  }
  const port = portIn(join(data.path, "postgres", "port"));
  if (port !== null && (await isListening(port)))
    return {
      appUrl: `postgresql://infirmary_app:${appPassword(data.keys)}@127.0.0.1:${port}/infirmary`,
      ownerUrl: embeddedOwnerUrl(data, port),
      leave: async () => undefined,
    };
  const lock = await lockFolder(data.lock, command);
  const server = await startDatabase(env, data);
  const { appUrl } = await prepareDatabase(env, data, server.ownerUrl);
  return {
    appUrl,
    ownerUrl: server.ownerUrl,
    async leave() {
      await server.stop();
      lock.release();
    },
  };
}

/** The schema owner's sign-in to the embedded database. */
function embeddedOwnerUrl({ keys }: DataFolder, port: number | string): string {
  const password = readFileSync(join(keys, "database-owner-password"), "utf8").trim();
  return `postgresql://infirmary_owner:${password}@127.0.0.1:${port}/infirmary`;
}

/** The owner's sign-in to the embedded database where it runs; undefined where not. Starts and changes nothing. */
export async function runningOwnerUrl(data: DataFolder): Promise<string | undefined> {
  const port = portIn(join(data.path, "postgres", "port"));
  return port !== null && (await isListening(port)) ? embeddedOwnerUrl(data, port) : undefined;
}

function portIn(file: string): number | null {
  const port = existsSync(file) ? Number(readFileSync(file, "utf8").trim()) : Number.NaN;
  return Number.isInteger(port) ? port : null;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const answer = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}
