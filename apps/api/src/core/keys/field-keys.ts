import type { Connection } from "@infirmary/db/client";
import { CutilsError, cutils, type OpenItem, type Place, type SealItem, type TokenField } from "@infirmary/native";
import { beginIn } from "../begin.ts";
import { firstDataKeyId, type KeyEncryption } from "./key-encryption.ts";
import { purposeOf } from "./purpose.ts";
import { readTenantKeys, type TenantKeys } from "./tenant-keys.ts";

/** A key that another process retired is known here after so long; one that it made, at the first value that names it. */
const staleMs = 5_000;
const tenantsMax = 1_000;

/** The part of a pool that keys need. */
type Pool = { transaction<T>(begin: string, fn: (connection: Connection) => Promise<T>): Promise<T> };
type Entry = { keys: TenantKeys; readAtMs: number; reading: Promise<void> | null };

/**
 * Seals, opens and makes search tokens under the keys of whoever's value it is: one data key a tenant and purpose, wrapped in the
 * database by keys it does not hold. `ready` loads a tenant's keys (a unit of work does); the rest is synchronous.
 */
export class FieldKeys {
  readonly encryption: KeyEncryption;
  private readonly pool: Pool;
  private readonly index: InstanceType<typeof cutils.KeyRing>;
  private readonly tenants = new Map<string, Entry>();
  private readonly loading = new Map<string, Promise<void>>();

  /** @param indexKey 32 bytes, of which every tenant's and field's own token key is derived; never changes */
  constructor({ pool, encryption, indexKey }: { pool: Pool; encryption: KeyEncryption; indexKey: Uint8Array }) {
    this.pool = pool;
    this.encryption = encryption;
    this.index = new cutils.KeyRing({ keys: [], indexKey });
  }

  /** Resolves when the tenant's keys are at hand; looks in the background whether they changed. */
  async ready(tenantId: string): Promise<void> {
    const entry = this.tenants.get(tenantId);
    if (!entry) return this.load(tenantId);
    // Whoever was at work last is forgotten last.
    this.tenants.delete(tenantId);
    this.tenants.set(tenantId, entry);
    if (performance.now() - entry.readAtMs >= staleMs && !entry.reading) {
      // Where the database cannot be asked, the keys at hand stay good, and the work itself will say so.
      entry.reading = this.read(tenantId, entry).catch(() => undefined);
    }
  }

  /** Reads the tenant's keys now: a value named one that is not known here. */
  async refresh(tenantId: string): Promise<void> {
    const entry = this.tenants.get(tenantId);
    await (entry ? this.read(tenantId, entry) : this.load(tenantId));
  }

  /** Seals for one place, as `KeyRing.seal` does. */
  seal(text: string | Uint8Array, place: Place): Uint8Array<ArrayBuffer> {
    return this.of(place.tenant).ring(purposeOf(place.table), 1).seal(text, place);
  }

  /** @throws CutilsError as `KeyRing.open` does */
  open(sealed: Uint8Array, place: Place): string {
    if (isOfInstallation(sealed)) return decoder.decode(this.encryption.open(sealed, place));
    return this.of(place.tenant).ring(purposeOf(place.table)).open(sealed, place);
  }

  openBytes(sealed: Uint8Array, place: Place): Uint8Array {
    if (isOfInstallation(sealed)) return this.encryption.open(sealed, place);
    return this.of(place.tenant).ring(purposeOf(place.table)).openBytes(sealed, place);
  }

  sealMany(items: readonly SealItem[]): Uint8Array<ArrayBuffer>[] {
    const [first] = items;
    if (!first) return [];
    const isAlike = items.every(
      ({ tenant, table }) => tenant === first.tenant && purposeOf(table) === purposeOf(first.table),
    );
    if (!isAlike) return items.map(({ text, ...place }) => this.seal(text, place));
    return this.of(first.tenant).ring(purposeOf(first.table), items.length).sealMany(items);
  }

  openMany(items: readonly OpenItem[]): string[] {
    const [first] = items;
    if (!first) return [];
    const purpose = purposeOf(first.table);
    const isAlike = items.every(
      ({ tenant, table, sealed }) =>
        tenant === first.tenant && (table === first.table || purposeOf(table) === purpose) && !isOfInstallation(sealed),
    );
    if (!isAlike) return items.map(({ sealed, ...place }) => this.open(sealed, place));
    return this.of(first.tenant).ring(purpose).openMany(items);
  }

  /** The search token of a value, as `KeyRing.token` makes it; the same value has another one in another tenant. */
  token(value: string, field: TokenField): Uint8Array<ArrayBuffer> {
    return this.index.token(value, field);
  }

  tokenHex(value: string, field: TokenField): string {
    return this.index.tokenHex(value, field);
  }

  /** The key that a tenant's values of a table are sealed under now; null where its keys were destroyed. */
  activeKeyId(tenantId: string, table: string): number | null {
    return this.of(tenantId).rings.get(purposeOf(table))?.activeId ?? null;
  }

  /** Writes down the uses counted since the last time and wipes all keys. Call it before the database is closed. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.loading.values(), ...[...this.tenants.values()].map(({ reading }) => reading)]);
    for (const [tenantId, entry] of this.tenants) {
      await this.read(tenantId, entry).catch(() => undefined);
      entry.keys.dispose();
    }
    this.tenants.clear();
    this.index.dispose();
    this.encryption.dispose();
  }

  private of(tenantId: string): TenantKeys {
    const entry = this.tenants.get(tenantId);
    if (!entry) throw new Error("Seal and open within a unit of work of the tenant: it loads the keys.");
    return entry.keys;
  }

  private load(tenantId: string): Promise<void> {
    const known = this.loading.get(tenantId);
    if (known) return known;
    const loading = this.inTenant(tenantId, null)
      .then((keys) => {
        if (!keys) throw new Error("A first reading brings keys.");
        this.makeRoom();
        this.tenants.set(tenantId, { keys, readAtMs: performance.now(), reading: null });
      })
      .finally(() => this.loading.delete(tenantId));
    this.loading.set(tenantId, loading);
    return loading;
  }

  private async read(tenantId: string, entry: Entry): Promise<void> {
    try {
      const keys = await this.inTenant(tenantId, entry.keys);
      if (keys) {
        keys.addUses(entry.keys.takeUses());
        entry.keys.dispose();
        entry.keys = keys;
      }
    } finally {
      entry.readAtMs = performance.now();
      entry.reading = null;
    }
  }

  private inTenant(tenantId: string, known: TenantKeys | null): Promise<TenantKeys | null> {
    return this.pool.transaction(beginIn({ tenantId }), (connection) =>
      readTenantKeys(connection, { tenantId, known, encryption: this.encryption }),
    );
  }

  /** Forgets the tenant that was at work longest ago; it loads its keys again when it is next. */
  private makeRoom(): void {
    if (this.tenants.size < tenantsMax) return;
    const [oldest] = this.tenants;
    if (!oldest) return;
    this.tenants.delete(oldest[0]);
    oldest[1].keys.dispose();
  }
}

/** Whether a value names a key that this process has not heard of. */
export function isUnknownKey(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (at instanceof CutilsError && at.code === "unknown-key") return true;
  return false;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes 2 to 5 of an envelope are the number of its key. What is no envelope is left to the ring, which says so. */
function isOfInstallation(sealed: Uint8Array): boolean {
  if (sealed.length < 6) return false;
  return new DataView(sealed.buffer, sealed.byteOffset).getUint32(2) < firstDataKeyId;
}
