import { join } from "node:path";
import type { Env } from "../../apps/api/src/core/env.ts";
import { type DatabaseServer, startDatabase } from "../setup/database.ts";
import { ambient } from "../setup/environment.ts";
import type { KeySettings } from "../setup/keys.ts";
import { freePort, isFree, reachable } from "../setup/ports.ts";
import { type DataFolder, inProject, root } from "../setup/project.ts";
import { type FrontDoor, openFrontDoor } from "./front-door/index.ts";
import { KeptDatabase } from "./kept-database.ts";
import { ManagedProcess, type ProcessSpec } from "./managed-process.ts";

/** What the steps before have made. */
export interface ProductParts {
  env: Env;
  data: DataFolder;
  keys: KeySettings;
  database: DatabaseServer;
  /** The application's sign-in to the database. */
  appUrl: string;
  hasDemo: boolean;
  /** True for `npm run dev`: reload on save, output on the screen. */
  isDevelopment: boolean;
  /** Told what happens to the processes, one sentence each. */
  notify(text: string): void;
}

/** The running product. */
export interface Product {
  processes: { api: ManagedProcess; worker: ManagedProcess; portal: ManagedProcess };
  /** Where analysers send to; null: no listener. */
  mllpPort: number | null;
  /** Stops the front door, then portal, API and worker, then the database. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts database watch, API, worker, portal and front door, and keeps them running.
 * @throws Error when one does not come up; what had been started is stopped again
 */
export async function startProduct(parts: ProductParts): Promise<Product> {
  const { env, data, database, notify } = parts;
  const webPort = env.WEB_PORT ?? (await freePort());
  const restart = () => startDatabase({ ...env, DATABASE_PORT: portOf(database.ownerUrl) }, data);
  const keptDatabase = new KeptDatabase(database, restart, notify);
  const api = new ManagedProcess(apiSpec(parts, "api", "main.ts"));
  const worker = new ManagedProcess(apiSpec(parts, "worker", "worker.ts"));
  const portal = new ManagedProcess(portalSpec(parts, webPort));
  const mllpPort = await mllpPortOf(parts);
  const mllp = mllpPort === null ? null : new ManagedProcess(apiSpec(parts, "mllp", "mllp.ts", mllpPort));
  let frontDoor: FrontDoor | undefined;
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    await frontDoor?.close();
    await Promise.all([portal.stop(), api.stop(), worker.stop(), mllp?.stop()]);
    await keptDatabase.stop();
  };
  const stop = () => {
    stopped ??= stopAll();
    return stopped;
  };
  try {
    await Promise.all([api.start(), worker.start(), portal.start(), mllp?.start()]);
    frontDoor = await openFrontDoor({
      listenAddress: env.LISTEN_ADDRESS,
      port: env.PORT,
      api: { host: reachable(env.LISTEN_ADDRESS), port: env.API_PORT },
      portal: { host: "127.0.0.1", port: webPort },
      protocol: env.PUBLIC_URL.startsWith("https:") ? "https" : "http",
      allowsUpgrade: parts.isDevelopment,
    });
    return { processes: { api, worker, portal }, mllpPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What API and demo loader are told; neither the owner's connection string nor the key that seals the audit log is among it. */
export function apiEnvironment(parts: Omit<ProductParts, "database" | "notify">): Record<string, string> {
  const { env, keys, appUrl, hasDemo, data } = parts;
  const { AUDIT_SEAL_KEY_FILE: _, ...apiKeys } = keys;
  return {
    ...ambient(),
    AUDIT_SEAL_KEY_FILE: "",
    ...apiKeys,
    NODE_ENV: parts.isDevelopment ? "development" : "production",
    INFIRMARY_DEMO: hasDemo ? "1" : "0",
    INFIRMARY_DATA: data.path,
    DATABASE_APP_URL: appUrl,
    PORT: String(env.PORT),
    API_PORT: String(env.API_PORT),
    PUBLIC_URL: env.PUBLIC_URL,
    ...(hasDemo ? demoCalls() : {}),
  };
}

/** In the demo hospital one person tries everything, by scripts too: ten times the usual limits, where none are set. */
function demoCalls(): Record<string, string> {
  const usual = {
    CALLS_PER_USER_PER_MINUTE: 3000,
    CALLS_PER_TENANT_PER_MINUTE: 30_000,
    SEARCHES_PER_USER_PER_MINUTE: 300,
    UPLOADS_PER_USER_PER_MINUTE: 200,
  };
  const given = ambient();
  return Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, given[name] || String(value)]));
}

/** What the worker is told: as the API, the key that seals the audit log, and the mail server with its password. */
export function workerEnvironment(parts: Omit<ProductParts, "database" | "notify">): Record<string, string> {
  return {
    ...apiEnvironment(parts),
    AUDIT_SEAL_KEY_FILE: parts.keys.AUDIT_SEAL_KEY_FILE,
    SMTP_URL: parts.env.SMTP_URL ?? "",
  };
}

/** The port that is set; with the demo, the usual one while nobody else has it: a second hospital on this machine must still start. */
async function mllpPortOf({ env, hasDemo, notify }: ProductParts): Promise<number | null> {
  if (env.MLLP_PORT !== undefined) return env.MLLP_PORT;
  if (!hasDemo) return null;
  if (await isFree(env.MLLP_ADDRESS, mllpPortUsual)) return mllpPortUsual;
  notify(`Port ${mllpPortUsual} is taken: no analyser can connect. Set MLLP_PORT to another one.`);
  return null;
}

const mllpPortUsual = 2575;

function mllpSettings(env: Env, mllpPort: number): Record<string, string> {
  const settings = Object.entries(env).filter(([name, value]) => name.startsWith("MLLP_") && value !== undefined);
  return { ...Object.fromEntries(settings.map(([name, value]) => [name, String(value)])), MLLP_PORT: String(mllpPort) };
}

function apiSpec(
  parts: ProductParts,
  name: "api" | "worker" | "mllp",
  file: string,
  mllpPort: number | null = null,
): ProcessSpec {
  const { data, isDevelopment, notify } = parts;
  const watch = isDevelopment ? ["--watch", "--watch-preserve-output"] : [];
  return {
    name: { api: "The API", worker: "The worker", mllp: "The MLLP listener" }[name],
    command: [process.execPath, ...watch, inProject("apps/api/src", file)],
    cwd: root,
    env: {
      ...(name === "worker" ? workerEnvironment(parts) : apiEnvironment(parts)),
      ...(mllpPort === null ? {} : mllpSettings(parts.env, mllpPort)),
    },
    logFile: join(data.logs, `${name}.log`),
    isShown: isDevelopment,
    notify,
  };
}

function portalSpec({ env, keys, data, isDevelopment, notify }: ProductParts, webPort: number): ProcessSpec {
  const next = inProject("node_modules/next/dist/bin/next");
  return {
    name: "The portal",
    command: isDevelopment
      ? [process.execPath, next, "dev", "--hostname", "127.0.0.1", "--port", String(webPort)]
      : [process.execPath, inProject("apps/web/server.ts")],
    cwd: inProject("apps/web"),
    env: {
      ...ambient(),
      NODE_ENV: isDevelopment ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
      WEB_PORT: String(webPort),
      API_URL: env.API_URL ?? `http://${reachable(env.LISTEN_ADDRESS)}:${env.API_PORT}`,
      PUBLIC_URL: env.PUBLIC_URL,
      SESSION_SECRET: keys.SESSION_SECRET,
    },
    logFile: join(data.logs, "portal.log"),
    saysReady: !isDevelopment,
    isShown: isDevelopment,
    notify,
  };
}

function portOf(url: string): number {
  return Number(new URL(url).port || 5432);
}
