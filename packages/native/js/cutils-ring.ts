import {
  badArgument,
  byteLength,
  requireArray,
  requireByteLength,
  requireObject,
  requireString,
  requireWhole,
} from "./cutils-arguments.ts";
import { type OpenItem, openBatch, type SealItem, sealBatch } from "./cutils-batch.ts";
import { CutilsError } from "./cutils-error.ts";
import { openLarge, sealLarge } from "./cutils-large.ts";
import {
  check,
  decodeAndWipe,
  failure,
  layout,
  native,
  readBytes,
  scratch,
  scratchWords,
  TOO_LONG,
  wipe,
  writeBytes,
  writeInput,
  writeText,
} from "./cutils-native.ts";
import { type Place, requirePlace, writeRow } from "./cutils-place.ts";
import { Prepared } from "./cutils-prepared.ts";

const KEY_BYTES = 32;
const KEYS_MAX = 256;
const OVERHEAD_BYTES = 34;
const states = { active: 1, "decrypt-only": 2, destroyed: 3 } as const;

/** One key: `id` is a whole number below 2^32 that is written into every envelope; `key` is 32 bytes. */
export interface RingKey {
  readonly id: number;
  readonly key: Uint8Array;
  /** `active` seals and opens (at most one), `decrypt-only` opens, `destroyed` is known by number only. */
  readonly state: keyof typeof states;
}

/** Whose search index a value goes into. Each part is 1 to 255 bytes of UTF-8. */
export interface TokenField {
  readonly tenant: string;
  readonly field: string;
}

/** Rings that were dropped without `dispose`: their keys are wiped when the garbage collector finds out. */
const dropped = new FinalizationRegistry<number>((ring) => native.ringFree(ring));

/**
 * The keys of one installation and everything done with them. They lie outside the JS heap and are wiped by `dispose`.
 * A ring belongs to the thread that made it.
 */
export class KeyRing {
  #prepared: Prepared | undefined;

  /**
   * Copies the keys; wipe your own. `indexKey` (32 bytes) makes search tokens and is independent of the sealing keys,
   * so that rotating those keeps everything findable.
   * Throws `bad-keys` (two active, an id twice, more than 256) and `bad-argument`.
   */
  constructor(options: { readonly keys: readonly RingKey[]; readonly indexKey: Uint8Array }) {
    requireObject(options, "options");
    const { keys, indexKey } = options;
    requireArray(keys, "keys");
    if (keys.length > KEYS_MAX) throw new CutilsError("bad-keys", "A ring takes at most 256 keys.");
    const copies = keys.map((key) => copyKey(key));
    const index = copyKeyBytes(indexKey, "indexKey");
    let at = layout.inAt;
    for (const { id, key, state } of copies) {
      scratchWords[at / 4] = id;
      scratchWords[at / 4 + 1] = states[state];
      scratch.set(key, at + 8);
      key.fill(0);
      at += 8 + KEY_BYTES;
    }
    scratch.set(index, at);
    index.fill(0);
    const ring = check(native.ringNew(copies.length));
    this.#prepared = new Prepared(ring);
    dropped.register(this, ring, this);
  }

  /** Wipes the keys. Every later call throws `disposed`; disposing twice is fine. */
  dispose(): void {
    if (!this.#prepared) return;
    dropped.unregister(this);
    native.ringFree(this.#prepared.ring);
    this.#prepared = undefined;
  }

  /** Makes a new key the active one; the one so far only opens. Throws `bad-keys` when the id is in the ring already. */
  rotate(added: { readonly id: number; readonly key: Uint8Array }): void {
    requireObject(added, "added");
    const { id, key } = copyKey({ id: added.id, key: added.key, state: "active" });
    const { ring } = this.#live();
    scratch.set(key, layout.inAt);
    key.fill(0);
    check(native.ringRotate(ring, id));
  }

  /** Wipes one key for good: what it sealed is lost. Throws `unknown-key`. */
  destroyKey(id: number): void {
    requireWhole(id, "id", 2 ** 32 - 1);
    check(native.ringDestroyKey(this.#live().ring, id));
  }

  /**
   * Seals a text (as UTF-8) or bytes for one place, under the active key and a fresh random nonce.
   * The envelope is 34 bytes longer than the text. Throws `no-active-key`, `key-exhausted`, `too-big`, `bad-argument`.
   */
  seal(text: string | Uint8Array, place: Place): Uint8Array<ArrayBuffer> {
    const { tenant, table, column, row } = requirePlace(place);
    const prepared = this.#live();
    const columnId = prepared.column(tenant, table, column);
    const rowLen = writeRow(row);
    const length = writeInput(text, "text", layout.inAt, layout.inBytes);
    if (length === TOO_LONG) return sealLarge(prepared.ring, columnId, rowLen, text);
    return readBytes(layout.outAt, check(native.seal(prepared.ring, columnId, rowLen, length)));
  }

  /**
   * The text that was sealed for this place. Throws `open-failed`, `unknown-key`, `key-destroyed`, `malformed-envelope`,
   * `not-text` (sealed bytes that are no UTF-8), `bad-argument`.
   */
  open(sealed: Uint8Array, place: Place): string {
    const { tenant, table, column, row } = requirePlace(place);
    const prepared = this.#live();
    const columnId = prepared.column(tenant, table, column);
    const rowLen = writeRow(row);
    const length = writeBytes(sealed, "sealed", layout.inAt, layout.inBytes);
    if (length === TOO_LONG) return decodeAndWipe(openLarge(prepared.ring, columnId, rowLen, sealed));
    const opened = native.open(prepared.ring, columnId, rowLen, length);
    if (typeof opened === "string") return opened;
    check(opened);
    return decodeAndWipe(scratch.subarray(layout.outAt, layout.outAt + opened));
  }

  /** As `open`, for what was sealed as bytes. */
  openBytes(sealed: Uint8Array, place: Place): Uint8Array<ArrayBuffer> {
    const { tenant, table, column, row } = requirePlace(place);
    const prepared = this.#live();
    const columnId = prepared.column(tenant, table, column);
    const rowLen = writeRow(row);
    const length = writeBytes(sealed, "sealed", layout.inAt, layout.inBytes);
    if (length === TOO_LONG) return openLarge(prepared.ring, columnId, rowLen, sealed);
    const opened = check(native.openBytes(prepared.ring, columnId, rowLen, length));
    const bytes = readBytes(layout.outAt, opened);
    wipe(layout.outAt, opened);
    return bytes;
  }

  /** Seals many values in one go, in their order. Throws as `seal` does, with `index`: then nothing is returned. */
  sealMany(items: readonly SealItem[]): Uint8Array<ArrayBuffer>[] {
    return sealBatch(items, () => this.#live());
  }

  /** Opens many texts in one go, in their order. Throws as `open` does, with `index`: then nothing is returned. */
  openMany(items: readonly OpenItem[]): string[] {
    return openBatch(items, () => this.#live());
  }

  /** The number of the key that sealed these bytes, without opening them. Throws `malformed-envelope`. */
  keyIdOf(sealed: Uint8Array): number {
    const length = byteLength(sealed, "sealed");
    if (length < OVERHEAD_BYTES || sealed[0] !== 1 || sealed[1] !== 1) {
      throw new CutilsError("malformed-envelope", "These bytes are no sealed value.");
    }
    return new DataView(sealed.buffer, sealed.byteOffset).getUint32(2);
  }

  /**
   * The search token of a value: HMAC-SHA-256 under a key of this tenant and field, 32 bytes. Equal values have equal
   * tokens, so normalise first (case, hyphens). Values are at most 64 KiB. Throws `bad-argument`.
   */
  token(value: string, field: TokenField): Uint8Array<ArrayBuffer> {
    const [ring, fieldId, length] = this.#tokenCall(value, field);
    return readBytes(layout.outAt, check(native.token(ring, fieldId, length)));
  }

  /** The same token as 64 hexadecimal digits. */
  tokenHex(value: string, field: TokenField): string {
    const [ring, fieldId, length] = this.#tokenCall(value, field);
    const token = native.tokenHex(ring, fieldId, length);
    if (typeof token === "number") throw failure(token);
    return token;
  }

  #tokenCall(value: string, place: TokenField): [ring: number, field: number, length: number] {
    requireObject(place, "field");
    const { tenant, field } = place;
    requireString(tenant, "tenant");
    requireString(field, "field");
    requireString(value, "value");
    const prepared = this.#live();
    const fieldId = prepared.field(tenant, field);
    const length = writeText(value, layout.inAt, layout.inBytes);
    if (length === TOO_LONG) throw new CutilsError("too-big", "A value to look for is at most 64 KiB.");
    return [prepared.ring, fieldId, length];
  }

  /** What C has of this ring. Everything that may run the caller's own code (getters) comes before this. */
  #live(): Prepared {
    if (!this.#prepared) throw new CutilsError("disposed", "The key ring was disposed of.");
    this.#prepared.trim();
    return this.#prepared;
  }
}

function copyKey(key: unknown): RingKey {
  requireObject(key, "key");
  const { id, state, key: bytes } = key as RingKey;
  requireWhole(id, "id", 2 ** 32 - 1);
  if (!Object.hasOwn(states, state)) throw badArgument("state", "active, decrypt-only or destroyed");
  return { id, state, key: copyKeyBytes(bytes, "key") };
}

function copyKeyBytes(bytes: Uint8Array, name: string): Uint8Array {
  requireByteLength(bytes, name, KEY_BYTES);
  const copy = new Uint8Array(KEY_BYTES);
  copy.set(bytes);
  return copy;
}
