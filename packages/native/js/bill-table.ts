// Tables of DRGs and ICD codes: loaded once from published files, then asked by code and day.
import { BillError, type BillErrorCode } from "./bill-error.ts";
import { layout, longs, native, requireObject } from "./bill-native.ts";
import { lengthOf, tagOf } from "./typed-array.ts";

/** One file. `from` and `to` are days (20241001) for rows that say none, as those of CMS's Table 5. */
export interface TableFile {
  readonly bytes: Uint8Array;
  readonly from?: number;
  readonly to?: number;
}

interface TableRow {
  readonly code: string;
  readonly title: string;
  /** Days, both included: 20241001. */
  readonly validFrom: number;
  readonly validTo: number;
}

/** A row of a table of DRGs. What the file does not say is "", 0n or undefined. */
export interface Drg extends TableRow {
  readonly mdc: string;
  readonly type: string;
  readonly weightMicros: bigint;
  /** Geometric mean length of stay. */
  readonly meanDaysMicros: bigint;
  readonly isPostAcute?: boolean;
  readonly isSpecialPay?: boolean;
}

/** An ICD-10-CM code, with its dot. One that is not billable is a header, to be refined. */
export interface IcdCode extends TableRow {
  readonly isBillable: boolean;
}

const DRG = 0;
const ICD = 1;
/** Larger files are read on a worker thread. */
const SYNC_BYTES = 256 * 1024;
const BYTES_MAX = 64 * 2 ** 20;
const DAY_MAX = 9999_12_31;

const dropped = new FinalizationRegistry<number>((id) => native.tableFree(id));

/** A table in the memory of C. It never changes and belongs to the thread that loaded it. */
class Table {
  #id: number;

  constructor(id: number) {
    this.#id = id;
    dropped.register(this, id, this);
  }

  /** How many rows it has. */
  get length(): number {
    return native.tableCount(this.id);
  }

  /** Its number in C, for its own library. */
  get id(): number {
    if (!(#id in this)) throw new BillError("bad-argument", "This is no table.");
    if (this.#id < 0) throw new BillError("disposed", "The table was disposed of.");
    return this.#id;
  }

  protected row(code: string, day: number): object | undefined {
    if (typeof code !== "string") throw new BillError("bad-argument", "code must be a string.");
    return native.find(this.id, code, requireDay(day, "day"));
  }

  /** Frees it. Every later call throws `disposed`; disposing twice is fine. */
  dispose(): void {
    if (this.#id < 0) return;
    dropped.unregister(this);
    native.tableFree(this.#id);
    this.#id = -1;
  }
}

export class DrgTable extends Table {
  /** The row of a DRG on the day of discharge (20250314); undefined where there is none. */
  find(code: string, day: number): Drg | undefined {
    return this.row(code, day) as Drg | undefined;
  }
}

export class IcdTable extends Table {
  /** The code on a day, with or without its dot; undefined where there is none. */
  find(code: string, day: number): IcdCode | undefined {
    return this.row(code, day) as IcdCode | undefined;
  }
}

/**
 * Loads MS-DRG weights: CMS's Table 5 of a year, or a file of several years (see include/bill.h). Files over 256 KB are read
 * off this thread. Rejects with `no-columns`, `bad-row` and `overlapping-rows` and the line, `too-big`, `out-of-range` for days
 * that are none, `bad-argument`.
 */
export const loadDrgs = async (files: readonly TableFile[]): Promise<DrgTable> => new DrgTable(await load(DRG, files));

/** Loads ICD-10-CM codes: the order file of a year, or a file with columns. As `loadDrgs`. */
export const loadIcdCodes = async (files: readonly TableFile[]): Promise<IcdTable> =>
  new IcdTable(await load(ICD, files));

async function load(kind: number, files: readonly TableFile[]): Promise<number> {
  if (!Array.isArray(files)) throw new BillError("bad-argument", "files must be an array.");
  // Everything is read before the first wait: nothing the caller does meanwhile can change it.
  const copies = files.map((file: TableFile) => {
    requireObject(file, "A file");
    const { bytes, from = 0, to = 0 } = file;
    return { bytes: copyBytes(bytes), from: requireDay(from, "from"), to: requireDay(to, "to") };
  });
  const id = native.tableNew(kind);
  if (id < 0) throw new BillError("out-of-memory", "Too many tables are in use.");
  try {
    for (const { bytes, from, to } of copies) {
      const isLarge = bytes.length > SYNC_BYTES;
      const code = isLarge ? await native.tableLoadLater(id, bytes, from, to) : native.tableLoad(id, bytes, from, to);
      if (code !== 0) throw refusal(code);
    }
    return id;
  } catch (error) {
    native.tableFree(id);
    throw error;
  }
}

function refusal(code: number): BillError {
  const name: BillErrorCode = native.codes[-code] ?? "bad-argument";
  const line = Number(longs[layout.errorLineAt >> 3]);
  return new BillError(name, `${native.tableMessage()}.`, line || undefined);
}

function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (tagOf.call(bytes) !== "Uint8Array") throw new BillError("bad-argument", "bytes must be a Uint8Array.");
  const length = lengthOf.call(bytes);
  if (length > BYTES_MAX) throw new BillError("too-big", "A table has at most 64 MiB.");
  if (length === 0 && (bytes.buffer as ArrayBuffer).detached) {
    throw new BillError("bad-argument", "The bytes were transferred away.");
  }
  return new Uint8Array(bytes);
}

/** A day as a number, or 0. Whether it is one of the calendar is for C to say. */
export function requireDay(value: unknown, name: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= DAY_MAX) return value;
  throw new BillError("bad-argument", `${name} must be a day as a number: 20250314.`);
}
