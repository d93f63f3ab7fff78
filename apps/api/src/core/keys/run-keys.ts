import type { Database } from "@infirmary/db/client";
import { writeAudit } from "../audit.ts";
import { beginIn } from "../begin.ts";
import { newId } from "../id.ts";
import { destroyDataKeys, listDataKeys, lockDataKeys } from "./data-key-store.ts";
import type { FieldKeys } from "./field-keys.ts";
import { findLastRun, insertRun, type KeyRunKind, updateRun } from "./key-run-store.ts";
import { purposes } from "./purpose.ts";
import { countValues, type Resealing, resealColumn, verifyColumn } from "./reseal.ts";
import { listSealedColumns, type SealedColumn } from "./sealed-column.ts";
import { makeDataKeys } from "./tenant-keys.ts";

export type KeyRunOptions = {
  /** The schema's owner: append-only tables let nobody else seal their values anew. */
  database: Database;
  keys: FieldKeys;
  /** Makes the audit log's MACs. */
  auditKey: Uint8Array;
  tenantId: string;
  /** Told how far it is. */
  onProgress?(progress: { sealed: number; toSeal: number }): void;
  /**
   * Milliseconds until every process seals with the new keys: they look every five seconds, and a transaction under way may
   * last fifteen more. Only then does "no value under an old key" last. Default: 20,000.
   */
  settleMs?: number;
};

/** What a run did. `failed` names the places of values that do not open: damage, or a key that is lost. */
export type KeyRunOutcome = { sealed: number; verified: number; failed: string[] };

/** New keys for a tenant: everything is sealed anew beside the running product, and opened once to prove it. */
export async function rotateKeys(options: KeyRunOptions): Promise<KeyRunOutcome> {
  return run(options, "rotate");
}

/**
 * Brings a tenant's values up to date after an upgrade: seals what was readable, and what was sealed under a key of the installation. Null
 * where that was done before for all the columns there are.
 */
export async function settleKeys(options: KeyRunOptions): Promise<KeyRunOutcome | null> {
  const { database, tenantId } = options;
  const columns = await listSealedColumns(database.pool);
  const last = await inTenant(database, tenantId, (connection) =>
    findLastRun(connection, { tenantId, kind: "settle" }),
  );
  const settled = new Set(last?.finishedAt ? last.columns : []);
  if (columns.every((column) => settled.has(nameOf(column)))) return null;
  return run({ ...options, settleMs: 0 }, "settle");
}

/** Opens every sealed value of a tenant and changes nothing: whether database and keys belong together. */
export async function verifyValues({ database, keys, tenantId }: KeyRunOptions): Promise<KeyRunOutcome> {
  await keys.refresh(tenantId);
  const outcome: KeyRunOutcome = { sealed: 0, verified: 0, failed: [] };
  for (const column of await listSealedColumns(database.pool)) {
    const { opened, failed } = await verifyColumn({ pool: database.pool, keys, tenantId }, column);
    outcome.verified += opened;
    outcome.failed.push(...failed.map((row) => `${nameOf(column)} ${row}`));
  }
  return outcome;
}

/** Makes a tenant's sealed values unreadable for good, on every copy of the database that the keys were not copied with. */
export async function destroyTenantKeys({ database, keys, auditKey, tenantId }: KeyRunOptions): Promise<number> {
  const count = await inTenant(database, tenantId, async (connection) => {
    await lockDataKeys(connection, { tenantId });
    const destroyed = await destroyDataKeys(connection, { tenantId, ids: "all" });
    await audit(connection, { tenantId, auditKey, keys }, { action: "key.destroy", after: { keys: destroyed } });
    return destroyed;
  });
  await keys.refresh(tenantId);
  return count;
}

/** Destroys the keys that only open, where nothing is sealed under them any more. @returns how many */
export async function destroyOldKeys({ database, keys, auditKey, tenantId }: KeyRunOptions): Promise<number> {
  const columns = await listSealedColumns(database.pool);
  const resealing = { pool: database.pool, keys, tenantId };
  for (const column of columns) {
    if ((await countValues(resealing, column)).stale > 0)
      throw new Error(`${nameOf(column)} still holds values under an old key: rotate first.`);
  }
  const count = await inTenant(database, tenantId, async (connection) => {
    await lockDataKeys(connection, { tenantId });
    const rows = await listDataKeys(connection, { tenantId });
    const ids = rows.filter(({ state }) => state === "decrypt-only").map(({ id }) => Number(id));
    const destroyed = await destroyDataKeys(connection, { tenantId, ids });
    await audit(connection, { tenantId, auditKey, keys }, { action: "key.destroy-old", after: { keys: ids } });
    return destroyed;
  });
  await keys.refresh(tenantId);
  return count;
}

async function run(options: KeyRunOptions, kind: KeyRunKind): Promise<KeyRunOutcome> {
  const { database, keys, auditKey, tenantId, onProgress, settleMs = 20_000 } = options;
  const resealing: Resealing = { pool: database.pool, keys, tenantId };
  const columns = await listSealedColumns(database.pool);
  const id = await begin(options, kind, columns);
  await keys.refresh(tenantId);
  let valueCount = 0;
  let sealedCount = 0;
  let verifiedCount = 0;
  const note = (isFinished: boolean) =>
    inTenant(database, tenantId, (connection) =>
      updateRun(connection, { tenantId, id, valueCount, sealedCount, verifiedCount, isFinished }),
    );
  for (const column of columns) valueCount += (await countValues(resealing, column)).stale;
  const sealAll = async () => {
    for (const column of columns) {
      await resealColumn(resealing, column, async (count) => {
        sealedCount += count;
        await note(false);
        onProgress?.({ sealed: sealedCount, toSeal: Math.max(valueCount, sealedCount) });
      });
    }
  };
  await sealAll();
  if (settleMs > 0) {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    await sealAll();
  }
  const failed: string[] = [];
  for (const column of columns) {
    const { opened, failed: rows } = await verifyColumn(resealing, column);
    verifiedCount += opened;
    failed.push(...rows.map((row) => `${nameOf(column)} ${row}`));
  }
  await note(failed.length === 0);
  await inTenant(database, tenantId, (connection) =>
    audit(
      connection,
      { tenantId, auditKey, keys },
      {
        action: `key.${kind}`,
        outcome: failed.length === 0 ? "success" : "failed",
        after: { sealed: sealedCount, verified: verifiedCount, failed: failed.length },
      },
    ),
  );
  return { sealed: sealedCount, verified: verifiedCount, failed };
}

/** A new run with new keys, or the one that was cut off, with the keys it had made. */
function begin(
  { database, keys, tenantId }: KeyRunOptions,
  kind: KeyRunKind,
  columns: SealedColumn[],
): Promise<string> {
  return inTenant(database, tenantId, async (connection) => {
    await lockDataKeys(connection, { tenantId });
    const last = await findLastRun(connection, { tenantId, kind });
    if (last && !last.finishedAt) return last.id;
    const id = newId();
    await insertRun(connection, { tenantId, id, kind, columns: columns.map(nameOf) });
    if (kind === "rotate") await makeDataKeys(connection, { tenantId, purposes, encryption: keys.encryption });
    return id;
  });
}

function audit(
  connection: Parameters<typeof writeAudit>[0],
  { tenantId, auditKey, keys }: { tenantId: string; auditKey: Uint8Array; keys: FieldKeys },
  entry: { action: string; outcome?: "success" | "failed"; after: Record<string, unknown> },
) {
  const scope = { tenantId, actor: null, requestId: newId(), ip: null };
  return writeAudit(connection, { scope, key: auditKey, keys, at: new Date() }, [{ ...entry, entity: "key" }]);
}

const nameOf = ({ table, column }: SealedColumn) => `${table}.${column}`;

const inTenant = <T>(
  database: Database,
  tenantId: string,
  fn: Parameters<typeof database.pool.transaction<T>>[1],
): Promise<T> => database.pool.transaction(beginIn({ tenantId }), fn);
