import { binding, checkBytes } from "./hl7-binding.ts";
import { cutElement, type DelimiterCodes } from "./hl7-element.ts";
import { Hl7Error } from "./hl7-error.ts";
import { type Hl7Observation, type Hl7Order, readObservations, readOrders } from "./hl7-observation.ts";
import { type Hl7Path, packName, parsePath } from "./hl7-path.ts";

/** Words of the index before the segments, and words of one segment (name, offset, first mark, fields, line). */
const headerWords = 10;
const segmentWords = 5;
const msh = packName("MSH");
const charsets = { ascii: 0, utf8: 1, latin1: 3, unknown: 13, refused: 14 } as const;
const sawNonAscii = 1 << 6;
const sawNotUtf8 = 1 << 9;

/** What `buffer.toString("latin1", …)` calls; taken from the prototype because it works on any Uint8Array. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
};

/** Where the indexes of small messages lie one behind the other: a typed array of its own would cost each half a parse. */
let slab = new Uint32Array(0);
let slabUsed = 0;
const slabWords = 1 << 14;

type Delimiters = { readonly component: string; readonly repetition: string; readonly subcomponent: string };

/**
 * One HL7 v2 message: an index of positions made by the C core and the message's bytes as one string, one character a
 * byte. Text is cut out and decoded only when it is asked for.
 */
export class Hl7Message {
  /** See binding/hl7val.cc for what the words mean. The message's own begin at #at. */
  readonly #index: Uint32Array;
  /** Where the segments begin. */
  readonly #segments: number;
  readonly #latin1: string;
  readonly #from: number;
  /** Where the marks begin in the index. */
  readonly #marks: number;
  readonly #escape: string;
  /** True when only an escape can make decoded text differ from what was written. */
  readonly #isPlain: boolean;
  readonly #hasEscapes: boolean;
  #bySegment: Map<number, number[]> | undefined;
  #codesMade: DelimiterCodes | undefined;
  #delimiters: Delimiters | undefined;
  /** Delimiters and character set as C packed them. */
  readonly #low: number;
  readonly #high: number;
  readonly #charset: number;
  /** Number of lines. */
  readonly segmentCount: number;

  /** Made by {@link parseMessage} only. */
  constructor(index: Uint32Array, at: number, latin1: string) {
    const low = index[at + 5] as number;
    const high = index[at + 6] as number;
    const charset = index[at + 2];
    this.#index = index;
    this.#latin1 = latin1;
    this.#from = index[at + 3] as number;
    this.#low = low;
    this.#high = high;
    this.#charset = charset as number;
    this.segmentCount = index[at + 7] as number;
    this.#segments = at + headerWords;
    this.#marks = this.#segments + this.segmentCount * segmentWords;
    this.#isPlain =
      charset === charsets.ascii || charset === charsets.latin1 || ((index[at + 1] as number) & sawNonAscii) === 0;
    // MSH-2 holds the escape character once; a message without another has nothing to decode.
    this.#escape = String.fromCharCode(low >>> 24);
    this.#hasEscapes = latin1.indexOf(this.#escape, 8) >= 0;
  }

  /** The message's own delimiters. */
  get delimiters(): Delimiters {
    const { component, repetition, subcomponent } = this.#codes;
    this.#delimiters ??= {
      component: String.fromCharCode(component),
      repetition: String.fromCharCode(repetition),
      subcomponent: String.fromCharCode(subcomponent),
    };
    return this.#delimiters;
  }

  /** MSH-9 as `ORU^R01`, without the structure; "" when it is empty. */
  get type(): string {
    const [code, trigger] = [this.get("MSH-9.1") ?? "", this.get("MSH-9.2") ?? ""];
    return trigger ? `${code}^${trigger}` : code;
  }

  /** MSH-12.1, "" when it is empty. */
  get version(): string {
    return this.get("MSH-12.1") ?? "";
  }

  /** MSH-10, "" when it is empty. */
  get controlId(): string {
    return this.get("MSH-10") ?? "";
  }

  /**
   * The text at a path like `PID-3[2].1`, escapes and character set decoded. Undefined when the message does not reach
   * that far, "" when the element is there but empty. Without a component the whole field is meant, all repetitions
   * included; with one, the first repetition unless another is named.
   */
  get(path: string): string | undefined {
    const steps = parsePath(path);
    const raw = this.#rawOf(steps);
    if (raw === undefined || raw === "" || (this.#isPlain && !this.#hasEscapes)) return raw;
    return steps.name === msh && (steps.field === 1 || steps.field === 2) ? raw : this.decode(raw);
  }

  /** The same, as written: escapes are kept, and each byte is one character of U+0000 to U+00FF. */
  raw(path: string): string | undefined {
    return this.#rawOf(parsePath(path));
  }

  /** How many segments of this name there are. */
  count(segment: string): number {
    return this.segmentsNamed(parsePath(segment).name).length;
  }

  /**
   * The same elements of every segment of one name, one row a segment: `rows("OBX", ["3.1", "5", "11"])`. Each is what
   * {@link get} gives for `OBX[n]-3.1`. The quick way to read a whole message.
   */
  rows(segment: string, fields: readonly string[]): (string | undefined)[][] {
    const { name, columns } = columnsOf(segment, fields);
    const isReady = this.#isPlain && !this.#hasEscapes;
    const rows: (string | undefined)[][] = [];
    for (let i = 0; i < this.segmentCount; i++) {
      if (this.nameAt(i) !== name) continue;
      const row = name === msh ? columns.map((steps) => this.#elementAt(i, steps)) : this.#rowAt(i, columns);
      if (!isReady) for (let c = 0; c < row.length; c++) row[c] = this.#decodeAny(row[c]);
      rows.push(row);
    }
    return rows;
  }

  /** Elements of line i, which is not MSH: most are whole fields or a first component, and cut out without a detour. */
  #rowAt(i: number, columns: readonly Hl7Path[]): (string | undefined)[] {
    const index = this.#index;
    const text = this.#latin1;
    const base = this.#segments + i * segmentWords;
    const fields = index[base + 3] as number;
    const mark = this.#marks + (index[base + 2] as number) - 1;
    const row = new Array<string | undefined>(columns.length);
    for (let c = 0; c < columns.length; c++) {
      const steps = columns[c] as Hl7Path;
      const n = steps.field;
      if (n > fields) row[c] = undefined;
      else {
        const from = (index[mark + n] as number) + 1 - this.#from;
        const end = (index[mark + n + 1] as number) - this.#from;
        if (steps.repetition === 0 && steps.component === 0) row[c] = text.substring(from, end);
        else row[c] = cutElement(text, from, end, steps, this.#codes);
      }
    }
    return row;
  }

  /** Every OBX with what belongs to it, in the order of the message. */
  observations(): Hl7Observation[] {
    return readObservations(this);
  }

  /** Every OBR, with the numbers of its group's ORC where its own are empty. */
  orders(): Hl7Order[] {
    return readOrders(this);
  }

  /** Packed name of line i, 0 for a line that is no segment. */
  nameAt(i: number): number {
    return this.#index[this.#segments + i * segmentWords] ?? 0;
  }

  /** Byte offset in the input and 1-based line number of line i. */
  placeAt(i: number): { offset: number; line: number } {
    const base = this.#segments + i * segmentWords;
    return { offset: this.#index[base + 1] ?? 0, line: this.#index[base + 4] ?? 0 };
  }

  /** Field n (1-based) of line i as written; undefined when the line is shorter. Not for MSH. */
  fieldAt(i: number, n: number): string | undefined {
    const base = this.#segments + i * segmentWords;
    const fields = this.#index[base + 3] ?? 0;
    if (n < 1 || n > fields) return undefined;
    const mark = this.#marks + (this.#index[base + 2] ?? 0) + n - 1;
    const from = (this.#index[mark] ?? 0) + 1 - this.#from;
    return this.#latin1.substring(from, (this.#index[mark + 1] ?? 0) - this.#from);
  }

  #rawOf(steps: Hl7Path): string | undefined {
    const i = this.segmentsNamed(steps.name)[steps.occurrence === 0 ? 0 : steps.occurrence - 1];
    if (i === undefined) return undefined;
    return steps.field === 0 ? this.#lineAt(i) : this.#elementAt(i, steps);
  }

  #elementAt(i: number, steps: Hl7Path): string | undefined {
    const isHeader = steps.name === msh;
    if (isHeader && steps.field <= 2) return this.#delimiterField(i, steps);
    const n = isHeader ? steps.field - 1 : steps.field;
    const base = this.#segments + i * segmentWords;
    if (n > (this.#index[base + 3] ?? 0)) return undefined;
    const mark = this.#marks + (this.#index[base + 2] ?? 0) + n - 1;
    const from = (this.#index[mark] ?? 0) + 1 - this.#from;
    const end = (this.#index[mark + 1] ?? 0) - this.#from;
    if (steps.repetition === 0 && steps.component === 0) return this.#latin1.substring(from, end);
    return cutElement(this.#latin1, from, end, steps, this.#codes);
  }

  /** Decodes raw text: escapes and character set. */
  decode(raw: string): string {
    if (this.#isPlain && (!this.#hasEscapes || !raw.includes(this.#escape))) return raw;
    return binding.decode(raw, this.#low, this.#high, this.#charset);
  }

  #decodeAny(raw: string | undefined): string | undefined {
    return raw === undefined ? undefined : this.decode(raw);
  }

  get #codes(): DelimiterCodes {
    this.#codesMade ??= {
      component: (this.#low >> 8) & 255,
      repetition: (this.#low >> 16) & 255,
      subcomponent: this.#high & 255,
    };
    return this.#codesMade;
  }

  /** The lines that carry this packed name. */
  segmentsNamed(name: number): readonly number[] {
    if (!this.#bySegment) {
      this.#bySegment = new Map();
      for (let i = 0; i < this.segmentCount; i++) {
        const list = this.#bySegment.get(this.nameAt(i));
        if (list) list.push(i);
        else this.#bySegment.set(this.nameAt(i), [i]);
      }
    }
    return this.#bySegment.get(name) ?? [];
  }

  #lineAt(i: number): string {
    const base = this.#segments + i * segmentWords;
    const last = this.#marks + (this.#index[base + 2] ?? 0) + (this.#index[base + 3] ?? 0);
    return this.#latin1.substring((this.#index[base + 1] ?? 0) - this.#from, (this.#index[last] ?? 0) - this.#from);
  }

  #delimiterField(i: number, steps: Hl7Path): string | undefined {
    if (steps.repetition > 1 || steps.component > 1 || steps.subcomponent > 1) return undefined;
    if (steps.field === 2) return this.fieldAt(i, 1);
    return this.fieldAt(i, 1) === undefined ? undefined : String.fromCharCode(this.#low & 255);
  }
}

/**
 * Reads the first message in bytes (at most 5 MiB). Byte order mark, MLLP frame bytes, batch envelope and any kind of
 * line end are understood. Nothing is validated here beyond what is needed to read it.
 * @throws Hl7Error when there is no readable MSH, the input is too big, or its character set cannot be trusted.
 */
export function parseMessage(bytes: Uint8Array): Hl7Message {
  checkBytes(bytes);
  // Ordinary messages need a word for six bytes of theirs; what needs more says so.
  let index = roomFor((bytes.length >> 2) + 64);
  let at = index === slab ? slabUsed : 0;
  let used = binding.index(bytes, index, at);
  if (used < 0) {
    index = new Uint32Array(Math.ceil(-used));
    at = 0;
    used = binding.index(bytes, index, at);
  }
  refuseUnreadable(index, at);
  if (index === slab) slabUsed += used;
  const from = index[at + 3] as number;
  return new Hl7Message(index, at, latin1Slice.call(bytes, from, from + (index[at + 4] as number)));
}

/** The slab, when it has so many words left or a new one would; else an array for this message alone. */
function roomFor(words: number): Uint32Array {
  if (words > slabWords / 4) return new Uint32Array(words);
  if (slab.length - slabUsed < words) {
    slab = new Uint32Array(slabWords);
    slabUsed = 0;
  }
  return slab;
}

/** What rows was asked for last: programs ask the same of every message. */
let lastColumns: { segment: string; fields: readonly string[]; name: number; columns: readonly Hl7Path[] } | undefined;

function columnsOf(segment: string, fields: readonly string[]): { name: number; columns: readonly Hl7Path[] } {
  const last = lastColumns;
  if (last && last.segment === segment && last.fields.length === fields.length) {
    let isSame = true;
    for (let i = 0; i < fields.length; i++) isSame &&= last.fields[i] === fields[i];
    if (isSame) return last;
  }
  const { name } = parsePath(segment);
  const columns = fields.map((field) => parsePath(`${segment}-${field}`));
  lastColumns = { segment, fields: [...fields], name, columns };
  return lastColumns;
}

/** Throws for an index whose status or character set says that the message cannot be read. */
function refuseUnreadable(index: Uint32Array, at: number): void {
  const status = (index[at] ?? 0) | 0;
  const offset = index[at + 3] ?? 0;
  if (status === -1) throw new Hl7Error("message-too-big", "The message is larger than 5 MiB.");
  if (status === -2) throw new Hl7Error("message-empty", "There is nothing in it.");
  if (status === -3) throw new Hl7Error("msh-missing", "No line begins with MSH: this is not an HL7 v2 message.");
  if (status === -4) {
    const text = "MSH-2 must hold four different delimiters, usually ^~\\&.";
    throw new Hl7Error("delimiters-unusable", text, { path: "MSH-2", offset: offset + 4 });
  }
  const charset = index[at + 2] ?? 0;
  if (charset === charsets.refused) {
    throw new Hl7Error("charset-refused", "MSH-18 names a character set that is not read here; send UTF-8.", {
      path: "MSH-18",
    });
  }
  const mismatch =
    charset === charsets.unknown || (charset === charsets.utf8 && ((index[at + 1] ?? 0) & sawNotUtf8) !== 0);
  if (mismatch) {
    throw new Hl7Error("charset-mismatch", "The bytes do not fit the character set of MSH-18.", { path: "MSH-18" });
  }
}
