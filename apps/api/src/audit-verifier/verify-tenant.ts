import type { KeyObject } from "node:crypto";
import type { AnchorLine } from "./anchors.ts";
import type { FindingKind, TenantReport } from "./findings.ts";
import { canonical, isSignedBy, leafOf, macOf, merkleRoot, sha256 } from "./format.ts";
import {
  type ArchiveRow,
  type EntryRow,
  type Position,
  type Reader,
  readAnchored,
  readArchives,
  readEntries,
  readMonths,
  readSeals,
  readShown,
  type SealRow,
} from "./read-log.ts";

export type Trusted = {
  /** The key of the entries' MACs. */
  macKey: Uint8Array;
  /** The public keys that may seal, by id. */
  sealKeys: ReadonlyMap<string, KeyObject>;
  anchors: readonly AnchorLine[];
  /** What the database calls the place of `anchors`: every seal it notes there must be there. */
  anchorPlace?: string;
  /** Seals noted there before this time must be there. */
  anchorsAsOf?: Date;
};
type Find = (kind: FindingKind, place: string, detail: string) => void;

const sealsAtOnce = 200;
const entriesAtOnce = 20_000;
const findingsMax = 1000;
const beginning: Position = { number: 0, chain: "0".repeat(64), epoch: 0, xid: "0" };

/**
 * Checks one tenant's log from the seal behind `after` on (0: the whole), in one view of the database. `reader` must be
 * outside a transaction, in any role that sees the tenant's rows.
 */
export async function verifyTenant(
  reader: Reader,
  tenantId: string,
  { trusted, after = 0, now = new Date() }: { trusted: Trusted; after?: number; now?: Date },
): Promise<TenantReport> {
  const report: TenantReport = {
    tenantId,
    seals: 0,
    entries: 0,
    unsealed: 0,
    lagSeconds: 0,
    lastSeal: null,
    findings: [],
  };
  const find: Find = (kind, place, detail) => {
    if (report.findings.length < findingsMax) report.findings.push({ kind, tenantId, place, detail });
  };
  const anchored = new Map(
    trusted.anchors.filter((line) => line.tenantId === tenantId).map((line) => [line.number, line]),
  );
  await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    await reader.query("SELECT set_config('app.tenant_id', $1, true)", [tenantId]);
    const months = await readMonths(reader);
    const archived = new Set(
      (await readArchives(reader)).filter((row) => isArchive(row, trusted)).map(({ month }) => month.slice(0, 7)),
    );
    let head = after === 0 ? beginning : positionOf((await readSeals(reader, tenantId, after - 1, 1))[0]);
    for (;;) {
      const seals = atOnce(await readSeals(reader, tenantId, head.number, sealsAtOnce));
      const last = seals.at(-1);
      if (!last) break;
      const entries = await readEntries(reader, tenantId, head, positionOf(last));
      const shown = await readShown(reader, tenantId, head.number + 1, last.number);
      let next = 0;
      for (const seal of seals) {
        const isGenuine = checkSeal(seal, head, trusted, find);
        const anchor = anchored.get(seal.number);
        if (anchor && anchor.chain !== seal.chain)
          find("seal-replaced", `seal ${seal.number}`, `It is not the one that was anchored at ${anchor.place}.`);
        const from = next;
        while (next < entries.length && isBefore(entries[next], seal)) next++;
        const own = entries.slice(from, next);
        const bad = checkMacs(seal, own, trusted.macKey, find);
        const isArchived = [seal.firstAt, seal.lastAt].some((at) => archived.has(at.slice(0, 7)));
        if (isGenuine && !isArchived) checkWhole(seal, own, { bad, months, shown: shown.get(seal.number) ?? 0, find });
        report.seals++;
        report.entries += own.length;
        head = positionOf(seal);
        report.lastSeal = { number: seal.number, sealedAt: seal.sealedAt };
      }
    }
    const unsealed = await readEntries(reader, tenantId, head, null);
    for (const entry of unsealed) checkUnsealed(entry, trusted.macKey, find);
    const oldest = unsealed.map(({ record }) => Date.parse(String(record.at))).sort((a, b) => a - b)[0];
    report.unsealed = unsealed.length;
    report.lagSeconds = oldest === undefined ? 0 : Math.max(0, Math.round((now.getTime() - oldest) / 1000));
    const newest = [...anchored.values()].reduce<AnchorLine | null>((a, b) => (a && a.number > b.number ? a : b), null);
    if (newest && newest.number > head.number)
      find(
        "tail-truncated",
        `seals ${head.number + 1} to ${newest.number}`,
        `They were anchored at ${newest.place} and are gone.`,
      );
    if (trusted.anchorPlace !== undefined)
      for (const number of await readAnchored(reader, tenantId, trusted.anchorPlace, trusted.anchorsAsOf ?? now))
        if (!anchored.has(number))
          find("anchor-missing", `seal ${number}`, `It was anchored at ${trusted.anchorPlace} and is not there.`);
    return report;
  } finally {
    await reader.query("ROLLBACK");
  }
}

/** Number, chain, signature and range. @returns whether what it says of its entries can be believed */
function checkSeal(seal: SealRow, before: Position, { sealKeys }: Trusted, find: Find): boolean {
  const place = `seal ${seal.number}`;
  const { chain, keyId, signature, ...statement } = seal;
  const isNext = seal.number === before.number + 1;
  if (!isNext) find("seal-missing", `seals ${before.number + 1} to ${seal.number - 1}`, "They are gone.");
  const key = sealKeys.get(keyId);
  const fault = !key
    ? `It is signed with the key ${keyId}, which is not trusted.`
    : isNext && sha256(canonical({ ...statement, previous: before.chain, v: 1 })) !== chain
      ? "What it says does not fit its chain value."
      : !isSignedBy(key, chain, signature)
        ? "Its signature does not fit."
        : isNext && seal.fromXid !== (seal.epoch === before.epoch ? before.xid : "0")
          ? "It does not begin where the seal before it ends."
          : null;
  if (fault) find(key ? "seal-changed" : "seal-foreign-key", place, fault);
  return fault === null;
}

/** Each entry's hash and MAC. @returns how many do not fit */
function checkMacs(seal: SealRow, entries: readonly EntryRow[], macKey: Uint8Array, find: Find): number {
  const leaves = entries.map(({ record }) => leafOf(record));
  const bad = entries.filter(({ epoch, mac }, index) => epoch > 0 && macOf(macKey, leaves[index] ?? "") !== mac);
  for (const { record, leaf, mac } of bad) {
    const place = `entry ${record.id} in seal ${seal.number}`;
    // Its first hash is still there, and no other entry has it: it was changed, not added.
    const hasOwnHash = leaf !== null && macOf(macKey, leaf) === mac && !leaves.includes(leaf);
    if (hasOwnHash || entries.length <= seal.entries) find("entry-changed", place, "It is not as Infirmary wrote it.");
    else find("entry-inserted", place, "Infirmary did not write it.");
  }
  return bad.length;
}

/** The entries together: their number, their root, and the index made of them. */
function checkWhole(
  seal: SealRow,
  entries: readonly EntryRow[],
  { bad, months, shown, find }: { bad: number; months: ReadonlySet<string>; shown: number; find: Find },
): void {
  const place = `seal ${seal.number} (${seal.firstAt} to ${seal.lastAt})`;
  const surplus = entries.length - seal.entries;
  const missing = [seal.firstAt, seal.lastAt].map(monthOf).filter((month) => !months.has(month));
  if (surplus < 0 && missing[0])
    find("partition-missing", `audit_entry_${missing[0]}`, `${-surplus} entries of ${place} are gone with it.`);
  else if (surplus < 0) find("entries-deleted", place, `${-surplus} of ${seal.entries} entries are gone.`);
  else if (surplus > bad) find("entries-moved", place, `It holds ${surplus - bad} genuine entries sealed elsewhere.`);
  else if (bad === 0 && merkleRoot(entries.map(({ record }) => leafOf(record))) !== seal.root)
    find("entries-moved", place, "Its entries are not the ones that were sealed, or not in their order.");
  else if (bad === 0 && entries.reduce((sum, entry) => sum + shownIn(entry), 0) !== shown)
    find("index-changed", place, "The index of patients shown in lists does not fit its entries.");
}

function checkUnsealed({ record, mac }: EntryRow, macKey: Uint8Array, find: Find): void {
  if (macOf(macKey, leafOf(record)) !== mac)
    find(
      "entry-inserted",
      `entry ${record.id}, not sealed yet`,
      "It is not as Infirmary wrote it, or Infirmary did not write it.",
    );
}

/** Whether the sealing key vouches for the export of a month: only then may its entries be gone. */
function isArchive({ keyId, signature, ...statement }: ArchiveRow, { sealKeys }: Trusted): boolean {
  const key = sealKeys.get(keyId);
  return key !== undefined && isSignedBy(key, sha256(canonical({ ...statement, v: 1 })), signature);
}

const monthOf = (at: string) => at.slice(0, 7).replace("-", "_");
const isBefore = (entry: EntryRow | undefined, seal: SealRow): boolean =>
  entry !== undefined &&
  (entry.epoch < seal.epoch || (entry.epoch === seal.epoch && BigInt(entry.xid) < BigInt(seal.beforeXid)));

/** The first of the seals, as many as have no more entries than fit into memory at ease. */
function atOnce(seals: SealRow[]): SealRow[] {
  let entries = 0;
  return seals.filter(({ entries: own }, index) => {
    entries += own;
    return index === 0 || entries <= entriesAtOnce;
  });
}

const shownIn = ({ record }: EntryRow): number =>
  Array.isArray(record.after?.patientIds) ? new Set(record.after.patientIds).size : 0;

function positionOf(seal: SealRow | undefined): Position {
  if (!seal) throw new Error("The seal to begin behind does not exist.");
  return { number: seal.number, chain: seal.chain, epoch: seal.epoch, xid: seal.beforeXid };
}
