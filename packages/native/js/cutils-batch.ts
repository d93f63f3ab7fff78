// Many values in few calls. The caller's objects are read completely before anything is written to the shared buffer:
// a getter among them could otherwise use the ring in between and change what is sealed.
import { badArgument, requireArray, requireObject, requireString } from "./cutils-arguments.ts";
import { CutilsError } from "./cutils-error.ts";
import { openLarge, sealLarge } from "./cutils-large.ts";
import {
  decodeAndWipe,
  failure,
  layout,
  native,
  readBytes,
  scratch,
  scratchWords,
  TOO_LONG,
  wipe,
  writeInput,
} from "./cutils-native.ts";
import { type Place, writeRow } from "./cutils-place.ts";
import type { Prepared } from "./cutils-prepared.ts";

const OVERHEAD_BYTES = 34;
/** What an item may need beside its text: a row's id and the envelope. */
const ROOM_BYTES = 255 + OVERHEAD_BYTES;
// The words of an item at the start of the buffer: column, row length, input length, result.
const ITEM_WORDS = 4;
const RESULT = 3;
const IS_ASCII = 0x8000_0000;
const FAILED = 0xffff_ffff;

/** One value to seal and where it will be stored. */
export interface SealItem extends Place {
  readonly text: string | Uint8Array;
}

/** One sealed value and where it is stored. */
export interface OpenItem extends Place {
  readonly sealed: Uint8Array;
}

/** The items as columns: what was read once, and not an object an item. */
interface Taken<Input> {
  readonly inputs: Input[];
  readonly rows: string[];
  /** Tenants, tables and columns, each once for as long as it stays the same; and which of them is an item's. */
  readonly columns: Column[];
  readonly columnOf: number[];
}

interface Column {
  readonly tenant: string;
  readonly table: string;
  readonly column: string;
}

/** Seals all items, or throws the first failure with its index. */
export function sealBatch(items: readonly SealItem[], live: () => Prepared): Uint8Array<ArrayBuffer>[] {
  const taken = take(items, textOf);
  const sealed: Uint8Array<ArrayBuffer>[] = [];
  while (sealed.length < taken.inputs.length) {
    const start = sealed.length;
    const prepared = live();
    const count = fill(taken, start, prepared, OVERHEAD_BYTES);
    if (count === 0) {
      sealed.push(alone(taken, start, prepared, sealLarge));
      continue;
    }
    const code = native.sealMany(prepared.ring, count);
    if (code < 0) throw failure(code, start + firstFailed(count));
    let at = layout.outAt;
    for (let i = 0; i < count; i++) {
      const length = resultOf(i);
      sealed.push(readBytes(at, length));
      at += length;
    }
  }
  return sealed;
}

/** Opens all items, or throws the first failure with its index. */
export function openBatch(items: readonly OpenItem[], live: () => Prepared): string[] {
  const taken = take(items, sealedOf);
  const texts: string[] = [];
  while (texts.length < taken.inputs.length) {
    const start = texts.length;
    const prepared = live();
    const count = fill(taken, start, prepared, 0);
    if (count === 0) {
      texts.push(decodeAndWipe(alone(taken, start, prepared, openLarge)));
      continue;
    }
    const all = native.openMany(prepared.ring, count);
    if (typeof all === "number") throw failure(all, start + firstFailed(count));
    cutTexts(all, count, texts);
  }
  return texts;
}

/** Reads every item once, completely. */
function take<Item extends Place, Input>(items: readonly Item[], inputOf: (item: Item) => Input): Taken<Input> {
  requireArray(items, "items");
  const taken: Taken<Input> = { inputs: [], rows: [], columns: [], columnOf: [] };
  let last: Column | undefined;
  let i = 0;
  try {
    for (; i < items.length; i++) {
      const item = items[i];
      requireObject(item, "item");
      const { tenant, table, column, row } = item;
      requireString(row, "row");
      if (!last || column !== last.column || table !== last.table || tenant !== last.tenant) {
        requireString(tenant, "tenant");
        requireString(table, "table");
        requireString(column, "column");
        last = { tenant, table, column };
        taken.columns.push(last);
      }
      taken.inputs.push(inputOf(item));
      taken.rows.push(row);
      taken.columnOf.push(taken.columns.length - 1);
    }
  } catch (error) {
    throw indexed(error, i);
  }
  return taken;
}

function textOf({ text }: SealItem): string | Uint8Array {
  return text;
}

/** What these are is checked when they are written: a getter of a later item could still change the memory of one. */
function sealedOf({ sealed }: OpenItem): Uint8Array {
  if (typeof sealed === "string") throw badArgument("sealed", "a Uint8Array");
  return sealed;
}

/** Writes as many items into the buffer as it takes, from `start` on. 0: the first is too large for it. */
function fill(taken: Taken<string | Uint8Array>, start: number, prepared: Prepared, overheadBytes: number): number {
  const { inputs, rows, columnOf } = taken;
  const countMax = Math.min(layout.batchMax, inputs.length - start);
  let at = layout.batchAt;
  let outAt = layout.outAt;
  let count = 0;
  let column = -1;
  let columnId = -1;
  try {
    for (; count < countMax; count++) {
      const i = start + count;
      const room = Math.min(layout.outAt - at, layout.scratchBytes - outAt) - ROOM_BYTES;
      if (room < 0) break;
      if (columnOf[i] !== column) {
        columnId = prepareColumn(taken, i, prepared);
        column = columnOf[i] as number;
      }
      const rowLen = writeRow(rows[i] as string, at);
      const length = writeInput(inputs[i] as string | Uint8Array, "value", at + rowLen, room);
      if (length === TOO_LONG) break;
      const word = count * ITEM_WORDS;
      scratchWords[word] = columnId;
      scratchWords[word + 1] = rowLen;
      scratchWords[word + 2] = length;
      at += rowLen + length;
      outAt += length + overheadBytes;
    }
  } catch (error) {
    throw indexed(error, start + count);
  }
  return count;
}

function prepareColumn({ columns, columnOf }: Taken<unknown>, i: number, prepared: Prepared): number {
  const { tenant, table, column } = columns[columnOf[i] as number] as Column;
  return prepared.column(tenant, table, column);
}

/** One item by way of typed arrays. */
function alone<Input, Result>(
  taken: Taken<Input>,
  i: number,
  prepared: Prepared,
  work: (ring: number, column: number, rowLen: number, input: Input) => Result,
): Result {
  try {
    const column = prepareColumn(taken, i, prepared);
    return work(prepared.ring, column, writeRow(taken.rows[i] as string), taken.inputs[i] as Input);
  } catch (error) {
    throw indexed(error, i);
  }
}

/** Cuts the texts of one call out of the one Latin-1 string they came in; what is not ASCII is decoded from the buffer. */
function cutTexts(all: string, count: number, texts: string[]): void {
  let at = 0;
  try {
    for (let i = 0; i < count; i++) {
      const result = resultOf(i);
      const end = at + ((result & ~IS_ASCII) >>> 0);
      texts.push(
        result >= IS_ASCII
          ? all.slice(at, end)
          : decodeAndWipe(scratch.subarray(layout.outAt + at, layout.outAt + end)),
      );
      at = end;
    }
  } catch (error) {
    throw indexed(error, texts.length);
  } finally {
    wipe(layout.outAt, all.length);
  }
}

function resultOf(item: number): number {
  return scratchWords[item * ITEM_WORDS + RESULT] as number;
}

/** The first item whose result is no length. */
function firstFailed(count: number): number {
  let item = 0;
  while (item < count - 1 && resultOf(item) !== FAILED) item++;
  return item;
}

function indexed(error: unknown, index: number): unknown {
  if (!(error instanceof CutilsError) || error.index !== undefined) return error;
  return new CutilsError(error.code, `Item ${index}: ${error.message}`, index);
}
