import { randomBytes } from "node:crypto";
import type { Connection } from "@infirmary/db/client";
import { cutils, type RingKey } from "@infirmary/native";
import {
  addUses,
  type DataKeyRow,
  insertDataKey,
  listDataKeys,
  lockDataKeys,
  nextDataKeyId,
  retireDataKey,
} from "./data-key-store.ts";
import type { KeyEncryption } from "./key-encryption.ts";
import { type Purpose, purposes } from "./purpose.ts";

/** Seals allowed under one key before it gives way: a sixteenth of what random nonces bear (SP 800-38D: 2^32). */
export const usesMax = 2 ** 28;

/** What a ring holds at most; the oldest of more are long destroyed. */
const ringMax = 256;

type PurposeRing = { ring: InstanceType<typeof cutils.KeyRing>; activeId: number | null };

/** One tenant's keys in this process: a ring a purpose, and how often each was used since it was last written down. */
export class TenantKeys {
  readonly rings: ReadonlyMap<Purpose, PurposeRing>;
  /** Changes when a key was added, retired or destroyed. */
  readonly fingerprint: string;
  private uses = new Map<number, number>();

  constructor(rings: ReadonlyMap<Purpose, PurposeRing>, fingerprint: string) {
    this.rings = rings;
    this.fingerprint = fingerprint;
  }

  /** The ring of a purpose; counts one use of its active key when it is to seal. */
  ring(purpose: Purpose, sealCount = 0): InstanceType<typeof cutils.KeyRing> {
    const found = this.rings.get(purpose);
    if (!found) throw new Error(`There is no ring for ${purpose}.`);
    if (sealCount > 0 && found.activeId !== null)
      this.uses.set(found.activeId, (this.uses.get(found.activeId) ?? 0) + sealCount);
    return found.ring;
  }

  /** Takes the uses counted so far, to write them down. */
  takeUses(): Map<number, number> {
    const taken = this.uses;
    this.uses = new Map();
    return taken;
  }

  /** Gives uses back that could not be written down, or takes over those of the keys before. */
  addUses(uses: ReadonlyMap<number, number>): void {
    for (const [id, count] of uses) this.uses.set(id, (this.uses.get(id) ?? 0) + count);
  }

  dispose(): void {
    for (const { ring } of this.rings.values()) ring.dispose();
  }
}

/**
 * Writes down the uses, makes what keys the tenant still lacks and gives way to keys that were used up; then what there is.
 * Answers null where nothing changed since `known`.
 */
export async function readTenantKeys(
  connection: Connection,
  { tenantId, known, encryption }: { tenantId: string; known: TenantKeys | null; encryption: KeyEncryption },
): Promise<TenantKeys | null> {
  const uses = known?.takeUses() ?? new Map<number, number>();
  try {
    if (uses.size > 0) await addUses(connection, { tenantId, uses });
    let rows = await listDataKeys(connection, { tenantId });
    const wanted = () => purposes.filter((purpose) => needsNewKey(rows, purpose));
    if (wanted().length > 0) {
      await lockDataKeys(connection, { tenantId });
      rows = await listDataKeys(connection, { tenantId });
      await makeDataKeys(connection, { tenantId, purposes: wanted(), encryption });
      rows = await listDataKeys(connection, { tenantId });
    }
    const fingerprint = rows.map(({ id, state }) => `${id}:${state}`).join();
    if (known?.fingerprint === fingerprint) return null;
    return new TenantKeys(await ringsOf(rows, { tenantId, encryption }), fingerprint);
  } catch (error) {
    known?.addUses(uses);
    throw error;
  }
}

/** Replaces the active key of each purpose by a new one; hold the tenant's keys first. */
export async function makeDataKeys(
  connection: Connection,
  {
    tenantId,
    purposes: wanted,
    encryption,
  }: { tenantId: string; purposes: readonly Purpose[]; encryption: KeyEncryption },
): Promise<number[]> {
  const first = await nextDataKeyId(connection, { tenantId });
  const made: number[] = [];
  for (const purpose of wanted) {
    const id = first + made.length;
    const key = randomBytes(32);
    await retireDataKey(connection, { tenantId, purpose });
    const wrapped = await encryption.wrap(key, { tenantId, purpose, id });
    key.fill(0);
    await insertDataKey(connection, { tenantId, id, purpose, wrapped });
    made.push(id);
  }
  return made;
}

/** Never made a key, or its active one is used up. A tenant whose keys were destroyed gets no new ones. */
function needsNewKey(rows: readonly DataKeyRow[], purpose: Purpose): boolean {
  const own = rows.filter((row) => row.purpose === purpose);
  const active = own.find(({ state }) => state === "active");
  return own.length === 0 || (active !== undefined && Number(active.use_count) >= usesMax);
}

async function ringsOf(
  rows: readonly DataKeyRow[],
  { tenantId, encryption }: { tenantId: string; encryption: KeyEncryption },
): Promise<Map<Purpose, PurposeRing>> {
  const rings = new Map<Purpose, PurposeRing>();
  for (const purpose of purposes) {
    const own = rows.filter((row) => row.purpose === purpose).slice(-ringMax);
    const keys: RingKey[] = [];
    for (const row of own) {
      const id = Number(row.id);
      const key = row.wrapped ? await encryption.unwrap(row.wrapped, { tenantId, purpose, id }) : new Uint8Array(32);
      keys.push({ id, state: row.state, key });
    }
    // The ring wants an index key; search tokens are made under the installation's.
    const ring = new cutils.KeyRing({ keys, indexKey: new Uint8Array(32) });
    for (const { key } of keys) key.fill(0);
    rings.set(purpose, {
      ring,
      activeId: Number(own.find(({ state }) => state === "active")?.id ?? Number.NaN) || null,
    });
  }
  return rings;
}
