import type { Database } from "@infirmary/db/client";
import { EnvError } from "../core/env.ts";
import type { FieldKeys } from "../core/keys/field-keys.ts";
import { rewrapKeys } from "../core/keys/rewrap.ts";
import {
  destroyOldKeys,
  destroyTenantKeys,
  type KeyRunOutcome,
  rotateKeys,
  settleKeys,
  verifyValues,
} from "../core/keys/run-keys.ts";

export type KeyCommandParts = {
  database: Database;
  keys: FieldKeys;
  auditKey: Uint8Array;
  print(text: string): void;
  /** On a terminal, progress rewrites its line. */
  isTerminal: boolean;
  settleMs?: number;
};
export type KeyCommand = { command: string; tenantSlug: string | null; isConfirmed: boolean };
type Tenant = { id: string; slug: string };

/**
 * Runs one of the commands for one tenant, or for all where none is named. @returns the exit code: 1 when a value does not open
 * @throws EnvError with one sentence for a command or tenant that is none
 */
export async function runKeyCommand(parts: KeyCommandParts, asked: KeyCommand): Promise<number> {
  const { command, tenantSlug, isConfirmed } = asked;
  const tenants = await tenantsNamed(parts.database, tenantSlug);
  const failed: string[] = [];
  for (const tenant of tenants) {
    const options = { ...parts, tenantId: tenant.id, onProgress: progressOf(parts, tenant) };
    // At every start: says something only where something was done or wrong.
    if (command === "settle") {
      const outcome = await settleKeys(options);
      if (outcome && outcome.sealed + outcome.failed.length > 0) say(parts, { tenant, outcome, failed });
    } else if (command === "rotate") say(parts, { tenant, outcome: await rotateKeys(options), failed });
    else if (command === "verify") say(parts, { tenant, outcome: await verifyValues(options), failed });
    else if (command === "rewrap") parts.print(`${tenant.slug}: ${await rewrapKeys(options)} keys wrapped anew\n`);
    else if (command === "destroy-old")
      parts.print(`${tenant.slug}: ${await destroyOldKeys(options)} keys destroyed\n`);
    else if (command === "destroy") {
      if (!tenantSlug || !isConfirmed)
        throw new EnvError(
          "This makes every sealed value of a tenant unreadable for good: name it with --tenant=<slug> and add --yes.",
        );
      parts.print(`${tenant.slug}: ${await destroyTenantKeys(options)} keys destroyed\n`);
    } else throw new EnvError("The commands are settle, rotate, verify, rewrap, destroy-old and destroy.");
  }
  for (const place of failed.slice(0, 100)) parts.print(`  does not open: ${place}\n`);
  return failed.length === 0 ? 0 : 1;
}

async function tenantsNamed(database: Database, slug: string | null): Promise<Tenant[]> {
  const { rows } = await database.pool.query<Tenant>("SELECT id, slug FROM tenant ORDER BY slug");
  const found = slug === null ? rows : rows.filter((tenant) => tenant.slug === slug);
  if (slug !== null && found.length === 0) throw new EnvError(`There is no tenant ${slug}.`);
  return found;
}

function progressOf({ print, isTerminal }: KeyCommandParts, { slug }: Tenant) {
  if (!isTerminal) return () => undefined;
  return ({ sealed, toSeal }: { sealed: number; toSeal: number }) =>
    print(`\r${slug}: ${sealed} of ${toSeal} sealed anew${sealed >= toSeal ? "\n" : ""}`);
}

function say(
  { print }: KeyCommandParts,
  { tenant, outcome, failed }: { tenant: Tenant; outcome: KeyRunOutcome; failed: string[] },
): void {
  print(
    `${tenant.slug}: ${outcome.sealed} values sealed anew, ${outcome.verified} opened to verify, ${outcome.failed.length} failed\n`,
  );
  failed.push(...outcome.failed);
}
