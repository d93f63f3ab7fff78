import { cutils } from "@infirmary/native";
import { auditLeaf, auditMac, auditPayload } from "../../../core/audit-record.ts";
import type { Work } from "../../../core/unit-of-work.ts";
import {
  claimSealing,
  findHead,
  insertSeal,
  insertShown,
  listRecords,
  listUnsealed,
  type Place,
  type SealHead,
  type UnsealedRow,
} from "./seal-store.ts";
import { genesis, type Signer, seal } from "./statement.ts";

/** Transaction ids end here: an epoch that is over is sealed to its end. */
const xidEnd = "18446744073709551615";
/** Entries a seal at most, unless one transaction wrote more. */
const entriesMax = 10_000;

export type Sealed = { number: number; entries: number; forged: string[] };

/**
 * Seals the tenant's entries below the horizon in one seal; null where there are none or another sealer is at it. `forged` names
 * entries whose MAC does not fit: they were not written by the API. They are sealed as they stand, so that they stay to be seen.
 */
export async function sealTenant(
  { connection, scope, platform, now }: Work,
  { signer, horizon, epoch: newest }: { signer: Signer; horizon: string; epoch: number },
): Promise<Sealed | null> {
  const { tenantId } = scope;
  if (!(await claimSealing(connection, tenantId))) return null;
  const head = await findHead(connection, tenantId);
  const batch = await nextBatch({ head, before: { epoch: newest, xid: horizon }, newest }, (from, before, limit) =>
    listUnsealed(connection, { tenantId, from, before, limit }),
  );
  if (!batch) return null;
  const { rows, range } = batch;
  const forged = range.epoch === 0 ? [] : rows.filter((row) => !isOurs(row, platform.auditKey)).map(({ id }) => id);
  const leaves =
    range.epoch === 0
      ? (await listRecords(connection, tenantId)).map((record) => auditLeaf(auditPayload(record)))
      : rows.map(({ leaf }) => leaf ?? new Uint8Array(32));
  const times = rows.map(({ at }) => at.getTime());
  const number = (head?.number ?? 0) + 1;
  const made = seal(
    {
      tenantId,
      number,
      ...range,
      entries: rows.length,
      firstAt: new Date(times.reduce((a, b) => Math.min(a, b))).toISOString(),
      lastAt: new Date(times.reduce((a, b) => Math.max(a, b))).toISOString(),
      root: Buffer.from(cutils.merkle.root(leaves)).toString("hex"),
      previous: head?.chain ?? genesis,
      sealedAt: now.toISOString(),
    },
    signer,
  );
  await insertSeal(connection, made);
  await insertShown(connection, { tenantId, number, ...range });
  return { number, entries: rows.length, forged };
}

/** The entries of the next seal and its range: one epoch, whole transactions, and where an epoch is over, to its end. */
async function nextBatch(
  { head, before, newest }: { head: SealHead | null; before: Place; newest: number },
  list: (from: Place, before: Place, limit: number | null) => Promise<UnsealedRow[]>,
) {
  const from = { epoch: head?.epoch ?? 0, xid: head?.beforeXid ?? "0" };
  const found = await list(from, before, entriesMax + 1);
  const [first] = found;
  if (!first) return null;
  const { epoch } = first;
  const fromXid = epoch === from.epoch ? from.xid : "0";
  const end = epoch === newest ? before.xid : xidEnd;
  const last = found.at(-1);
  const isCut = found.length > entriesMax && last?.epoch === epoch;
  if (!isCut) return { rows: found.filter((row) => row.epoch === epoch), range: { epoch, fromXid, beforeXid: end } };
  if (last.xid !== first.xid)
    return { rows: found.filter(({ xid }) => xid !== last.xid), range: { epoch, fromXid, beforeXid: last.xid } };
  const beforeXid = String(BigInt(first.xid) + 1n);
  return {
    rows: await list({ epoch, xid: first.xid }, { epoch, xid: beforeXid }, null),
    range: { epoch, fromXid, beforeXid },
  };
}

function isOurs({ leaf, mac }: UnsealedRow, key: Uint8Array): boolean {
  return leaf !== null && mac !== null && cutils.timingSafeEqual(auditMac(key, leaf), mac);
}
