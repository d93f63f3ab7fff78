// Many values in few calls. The caller's objects are read completely before anything is written to the shared buffer:
// a getter among them could otherwise use the ring in between and change what is sealed.
import { byteLength, requireArray, requireObject } from "./cutils-arguments.ts";
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
import { type Place, requirePlace, writeRow } from "./cutils-place.ts";
import type { Prepared } from "./cutils-prepared.ts";

const OVERHEAD_BYTES = 34;
const ITEM_WORDS = 4;
const RESULT = 3;
const IS_ASCII = 0x8000_0000;
const FAILED = 0xffff_ffff;
/** What an item may need beside its text: a row's id and the envelope. */
const ROOM_BYTES = 255 + OVERHEAD_BYTES;

/** One value to seal and where it will be stored. */
export interface SealItem extends Place {
  readonly text: string | Uint8Array;
}

/** One sealed value and where it is stored. */
export interface OpenItem extends Place {
  readonly sealed: Uint8Array;
}

interface Taken<Input> {
  readonly input: Input;
  readonly place: Place;
}

/** Seals all items, or throws the first failure with its index. */
export function sealBatch(items: readonly SealItem[], live: () => Prepared): Uint8Array<ArrayBuffer>[] {
  const taken = take(items, (item) => ({ input: requireInput(item.text), place: requirePlace(item) }));
  const sealed: Uint8Array<ArrayBuffer>[] = [];
  while (sealed.length < taken.length) {
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
  const taken = take(items, (item) => ({ input: requireSealed(item.sealed), place: requirePlace(item) }));
  const texts: string[] = [];
  while (texts.length < taken.length) {
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
function take<Item, Input>(items: readonly Item[], read: (item: Item) => Taken<Input>): Taken<Input>[] {
  requireArray(items, "items");
  const taken: Taken<Input>[] = [];
  for (let i = 0; i < items.length; i++) {
    withIndex(i, () => {
      const item = items[i] as Item;
      requireObject(item, "item");
      taken.push(read(item));
    });
  }
  return taken;
}

/** Writes as many items into the buffer as it takes, from `start` on. 0: the first is too large for it. */
function fill(
  taken: readonly Taken<string | Uint8Array>[],
  start: number,
  prepared: Prepared,
  overheadBytes: number,
): number {
  let at = layout.batchAt;
  let outAt = layout.outAt;
  let count = 0;
  for (; count < layout.batchMax; count++) {
    const item = taken[start + count];
    if (!item) break;
    if (at + ROOM_BYTES > layout.outAt || outAt + ROOM_BYTES > layout.scratchBytes) break;
    const { input, place } = item;
    const room = Math.min(layout.outAt - at, layout.scratchBytes - outAt) - ROOM_BYTES;
    try {
      const column = prepared.column(place.tenant, place.table, place.column);
      const rowLen = writeRow(place.row, at);
      const length = writeInput(input, "value", at + rowLen, room);
      if (length === TOO_LONG) break;
      const word = count * ITEM_WORDS;
      scratchWords[word] = column;
      scratchWords[word + 1] = rowLen;
      scratchWords[word + 2] = length;
      at += rowLen + length;
      outAt += length + overheadBytes;
    } catch (error) {
      throw indexed(error, start + count);
    }
  }
  return count;
}

/** One item by way of typed arrays. */
function alone<Input, Result>(
  taken: readonly Taken<Input>[],
  index: number,
  prepared: Prepared,
  work: (ring: number, column: number, rowLen: number, input: Input) => Result,
): Result {
  const { input, place } = taken[index] as Taken<Input>;
  return withIndex(index, () => {
    const column = prepared.column(place.tenant, place.table, place.column);
    return work(prepared.ring, column, writeRow(place.row), input);
  });
}

/** Cuts the texts of one call out of the one Latin-1 string they came in; what is not ASCII is decoded from the buffer. */
function cutTexts(all: string, count: number, texts: string[]): void {
  let at = 0;
  for (let i = 0; i < count; i++) {
    const result = resultOf(i);
    const length = (result & ~IS_ASCII) >>> 0;
    const end = at + length;
    texts.push(
      result >= IS_ASCII ? all.slice(at, end) : decodeAndWipe(scratch.subarray(layout.outAt + at, layout.outAt + end)),
    );
    at = end;
  }
  wipe(layout.outAt, at);
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

function requireInput(value: string | Uint8Array): string | Uint8Array {
  if (typeof value !== "string") byteLength(value, "text");
  return value;
}

function requireSealed(value: Uint8Array): Uint8Array {
  byteLength(value, "sealed");
  return value;
}

function withIndex<Result>(index: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw indexed(error, index);
  }
}

function indexed(error: unknown, index: number): unknown {
  if (!(error instanceof CutilsError) || error.index !== undefined) return error;
  return new CutilsError(error.code, `Item ${index}: ${error.message}`, index);
}
