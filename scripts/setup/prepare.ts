import type { Env } from "../../apps/api/src/core/env.ts";
import { step } from "../boot/progress.mjs";
import { apiEnvironment, type ProductParts } from "../supervise/product.ts";
import { buildAddon } from "./addon.ts";
import { generateClient } from "./client.ts";
import { prepareDatabase, startDatabase } from "./database.ts";
import { loadDemo } from "./demo.ts";
import { ensureKeys } from "./keys.ts";
import { buildPortal } from "./portal.ts";
import type { DataFolder } from "./project.ts";
import { sealOlderValues } from "./seal.ts";

export interface PrepareOptions {
  env: Env;
  data: DataFolder;
  hasDemo: boolean;
  isDevelopment: boolean;
}

/** What is done to the checkout itself, whatever the data folder: addon and database client. */
export async function prepareCode(log: string): Promise<void> {
  await step(
    "Native addon",
    () => buildAddon(log),
    (isNew) => (isNew ? "built" : "up to date"),
  );
  await step(
    "Prisma client",
    () => generateClient(log),
    (isNew) => (isNew ? "generated" : "up to date"),
  );
}

/**
 * Everything between the dependencies and the running product, one line of progress a step. The database is up when
 * this returns, and is stopped again when a later step fails.
 */
export async function prepare(options: PrepareOptions): Promise<Omit<ProductParts, "notify">> {
  const { env, data, hasDemo, isDevelopment } = options;
  await prepareCode(data.setupLog);
  const made: string[] = [];
  const keys = ensureKeys(env, data.keys, (name) => made.push(name));
  const database = await step(
    "Database",
    () => startDatabase(env, data),
    ({ what }) => what,
  );
  try {
    const { appUrl } = await step(
      "Migrations",
      () => prepareDatabase(env, data, database.ownerUrl),
      ({ applied }) => (applied.length === 0 ? "up to date" : `${applied.length} applied`),
    );
    await step(
      "Sealed values",
      () => sealOlderValues({ keys, ownerUrl: database.ownerUrl, log: data.setupLog }),
      (isNew) => (isNew ? "sealed anew" : "up to date"),
    );
    const parts = { env, data, keys, database, appUrl, hasDemo, isDevelopment };
    if (hasDemo)
      await step(
        "Demo data",
        () => loadDemo(apiEnvironment(parts), data.setupLog),
        (line) => line,
      );
    if (!isDevelopment) {
      await step(
        "Portal",
        () => buildPortal(data.setupLog),
        (isNew) => (isNew ? "built" : "up to date"),
      );
    }
    if (made.length > 0) warnAboutKeys(data, made);
    return parts;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function warnAboutKeys(data: DataFolder, made: string[]): void {
  process.stdout.write(
    `\n  WARNING: generated ${made.join(", ")} in ${data.keys}.\n` +
      "  Without that folder no sealed field can be read again: back it up, and never together with the database.\n",
  );
}
