import { binding } from "./hl7-binding.ts";
import { type Cuts, cutElement, type DelimiterCodes, findEither } from "./hl7-element.ts";
import { headerWords, segmentWords, word } from "./hl7-index.ts";
import { type Hl7Observation, type Hl7Order, readObservations, readOrders } from "./hl7-observation.ts";
import { type Hl7Path, packName, parsePath } from "./hl7-path.ts";

const msh = packName("MSH");
const charsets = { ascii: 0, latin1: 3 } as const;
const sawNonAscii = 1 << 6;

type Delimiters = { readonly component: string; readonly repetition: string; readonly subcomponent: string };

/**
 * One HL7 v2 message: an index of positions made by the C core and the message's bytes as one string, one character a
 * byte. Text is cut out and decoded only when it is asked for.
 */
export class Hl7Message {
  /** See binding/hl7val.cc for what the words mean. The message's own begin at #at. */
  readonly #index: Uint32Array;
  readonly #at: number;
  readonly #latin1: string;
  /** Where the message begins in the input, and where segments and marks begin in the index. */
  readonly #from: number;
  readonly #segments: number;
  readonly #marks: number;
  #bySegment: Map<number, number[]> | undefined;
  #codesMade: DelimiterCodes | undefined;
  #cutsMade: Cuts | undefined;
  #delimiters: Delimiters | undefined;
  /** Number of lines. */
  readonly segmentCount: number;

  /** Made by {@link parseMessage} only. */
  constructor(index: Uint32Array, at: number, latin1: string) {
    this.#index = index;
    this.#at = at;
    this.#latin1 = latin1;
    this.#from = (index[at + word.from] as number) | 0;
    this.segmentCount = (index[at + word.segmentCount] as number) | 0;
    this.#marks = (at + (index[at + word.marksAt] as number)) | 0;
    this.#segments = (at + (index[at + word.segmentsAt] as number)) | 0;
  }

  /** True when what was written is what it says: no escapes, and no bytes that a character set gives another meaning. */
  get #isReady(): boolean {
    return this.#isPlain && !this.#hasEscapes;
  }

  /** True when only an escape can make decoded text differ from what was written. */
  get #isPlain(): boolean {
    const charset = this.#index[this.#at + word.charset];
    const saw = this.#index[this.#at + word.saw] as number;
    return charset === charsets.ascii || charset === charsets.latin1 || (saw & sawNonAscii) === 0;
  }

  get #hasEscapes(): boolean {
    return this.#index[this.#at + word.hasEscapes] === 1;
  }

  /** Delimiters as C packed them. */
  get #low(): number {
    return this.#index[this.#at + word.delimitersLow] as number;
  }

  get #high(): number {
    return this.#index[this.#at + word.delimitersHigh] as number;
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
    if (raw === undefined || raw === "" || this.#isReady) return raw;
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
    const isReady = this.#isReady;
    const index = this.#index;
    const end = this.#segments + this.segmentCount * segmentWords;
    let count = 0;
    for (let base = this.#segments; base < end; base += segmentWords) if (index[base] === name) count++;
    const rows = new Array<(string | undefined)[]>(count);
    count = 0;
    for (let base = this.#segments; base < end; base += segmentWords) {
      if (index[base] !== name) continue;
      const i = (base - this.#segments) / segmentWords;
      const row = name === msh ? columns.map((steps) => this.#elementAt(i, steps)) : this.#rowAt(base, columns);
      if (!isReady) for (let c = 0; c < row.length; c++) row[c] = this.#decodeAny(row[c]);
      rows[count++] = row;
    }
    return rows;
  }

  /** Elements of the line at a word of the index, which is not MSH: most are whole fields and cut out without a detour. */
  #rowAt(base: number, columns: readonly Hl7Path[]): (string | undefined)[] {
    const index = this.#index;
    const text = this.#latin1;
    const start = this.#from;
    const cuts = this.#cuts;
    const codes = this.#codes;
    const { component, repetition } = codes;
    // All of them are below 2^26, which the compiler cannot know: with | 0 it reckons in whole numbers.
    const fields = (index[base + 3] as number) | 0;
    const mark = (this.#marks + (index[base + 2] as number) - 1) | 0;
    const row = new Array<string | undefined>(columns.length);
    for (let c = 0; c < columns.length; c++) {
      const steps = columns[c] as Hl7Path;
      const n = steps.field;
      if (n > fields) row[c] = undefined;
      else {
        const from = (((index[mark + n] as number) | 0) + 1 - start) | 0;
        const end = (((index[mark + n + 1] as number) | 0) - start) | 0;
        if (steps.isWhole) row[c] = text.substring(from, end);
        else if (steps.isFirst) row[c] = text.substring(from, findEither(text, cuts, component, repetition, from, end));
        else row[c] = cutElement(text, cuts, from, end, steps, codes);
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
    return cutElement(this.#latin1, this.#cuts, from, end, steps, this.#codes);
  }

  /** Decodes raw text: escapes and character set. */
  decode(raw: string): string {
    if (this.#isPlain && (!this.#hasEscapes || !raw.includes(String.fromCharCode(this.#low >>> 24)))) return raw;
    return binding.decode(raw, this.#low, this.#high, this.#index[this.#at + word.charset] as number);
  }

  #decodeAny(raw: string | undefined): string | undefined {
    return raw === undefined ? undefined : this.decode(raw);
  }

  get #cuts(): Cuts {
    this.#cutsMade ??= { index: this.#index, at: this.#at + headerWords };
    return this.#cutsMade;
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
