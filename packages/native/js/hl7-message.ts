import { binding, checkBytes } from "./hl7-binding.ts";
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

let scratch = new Uint32Array(4096);
const scratchWordsKept = 1 << 18;

/**
 * One HL7 v2 message: an index of positions made by the C core and the message's bytes as one string, one character a
 * byte. Text is cut out and decoded only when it is asked for.
 */
export class Hl7Message {
  readonly #index: Uint32Array;
  readonly #latin1: string;
  readonly #from: number;
  readonly #escape: string;
  #bySegment: Map<number, number[]> | undefined;

  /** Made by {@link parseMessage} only. */
  constructor(index: Uint32Array, latin1: string, from: number) {
    this.#index = index;
    this.#latin1 = latin1;
    this.#from = from;
    this.#escape = String.fromCharCode((index[5] ?? 0) >>> 24);
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
    const raw = this.raw(path);
    if (raw === undefined || raw === "") return raw;
    const { name, field } = parsePath(path);
    return name === msh && (field === 1 || field === 2) ? raw : this.decode(raw);
  }

  /** The same, as written: escapes are kept, and each byte is one character of U+0000 to U+00FF. */
  raw(path: string): string | undefined {
    const steps = parsePath(path);
    const at = this.segmentsNamed(steps.name)[(steps.occurrence || 1) - 1];
    return at === undefined ? undefined : this.rawAt(at, steps);
  }

  /** How many segments of this name there are. */
  count(segment: string): number {
    return this.segmentsNamed(parsePath(segment).name).length;
  }

  /** Every OBX with what belongs to it, in the order of the message. */
  observations(): Hl7Observation[] {
    return readObservations(this);
  }

  /** Every OBR, with the numbers of its group's ORC where its own are empty. */
  orders(): Hl7Order[] {
    return readOrders(this);
  }

  /** Number of lines. For the readers beside this file. */
  get segmentCount(): number {
    return this.#index[7] ?? 0;
  }

  /** Packed name of line i, 0 for a line that is no segment. */
  nameAt(i: number): number {
    return this.#index[headerWords + i * segmentWords] ?? 0;
  }

  /** Byte offset in the input and 1-based line number of line i. */
  placeAt(i: number): { offset: number; line: number } {
    const base = headerWords + i * segmentWords;
    return { offset: this.#index[base + 1] ?? 0, line: this.#index[base + 4] ?? 0 };
  }

  /** Field n (1-based) of line i as written; undefined when the line is shorter. Not for MSH. */
  fieldAt(i: number, n: number): string | undefined {
    const base = headerWords + i * segmentWords;
    const fields = this.#index[base + 3] ?? 0;
    if (n < 1 || n > fields) return undefined;
    const mark = headerWords + this.segmentCount * segmentWords + (this.#index[base + 2] ?? 0) + n - 1;
    const from = (this.#index[mark] ?? 0) + 1 - this.#from;
    return this.#latin1.substring(from, (this.#index[mark + 1] ?? 0) - this.#from);
  }

  /** Raw text at steps inside line i. */
  rawAt(i: number, steps: Hl7Path): string | undefined {
    if (steps.field === 0) return this.#lineAt(i);
    const isHeader = steps.name === msh;
    if (isHeader && steps.field <= 2) return this.#delimiterField(i, steps);
    const field = this.fieldAt(i, isHeader ? steps.field - 1 : steps.field);
    if (field === undefined || (steps.repetition === 0 && steps.component === 0)) return field;
    const repetition = nthPart(field, this.delimiters.repetition, steps.repetition || 1);
    if (repetition === undefined || steps.component === 0) return repetition;
    const component = nthPart(repetition, this.delimiters.component, steps.component);
    if (component === undefined || steps.subcomponent === 0) return component;
    return nthPart(component, this.delimiters.subcomponent, steps.subcomponent);
  }

  /** Decodes raw text: escapes and character set. */
  decode(raw: string): string {
    const charset = this.#index[2] ?? 0;
    const plain =
      charset === charsets.ascii || charset === charsets.latin1 || ((this.#index[1] ?? 0) & sawNonAscii) === 0;
    if (plain && !raw.includes(this.#escape)) return raw;
    return binding.decode(raw, this.#index[5] ?? 0, this.#index[6] ?? 0, charset);
  }

  /** The message's own delimiters. */
  get delimiters(): { component: string; repetition: string; subcomponent: string } {
    const [low, high] = [this.#index[5] ?? 0, this.#index[6] ?? 0];
    return {
      component: String.fromCharCode((low >> 8) & 255),
      repetition: String.fromCharCode((low >> 16) & 255),
      subcomponent: String.fromCharCode(high & 255),
    };
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
    const base = headerWords + i * segmentWords;
    const last =
      headerWords + this.segmentCount * segmentWords + (this.#index[base + 2] ?? 0) + (this.#index[base + 3] ?? 0);
    return this.#latin1.substring((this.#index[base + 1] ?? 0) - this.#from, (this.#index[last] ?? 0) - this.#from);
  }

  #delimiterField(i: number, steps: Hl7Path): string | undefined {
    if (steps.repetition > 1 || steps.component > 1 || steps.subcomponent > 1) return undefined;
    if (steps.field === 2) return this.fieldAt(i, 1);
    return this.fieldAt(i, 1) === undefined ? undefined : String.fromCharCode((this.#index[5] ?? 0) & 255);
  }
}

/** Part n (1-based) of text, undefined when there are fewer. */
export function nthPart(text: string, delimiter: string, n: number): string | undefined {
  let from = 0;
  for (let i = 1; i < n; i++) {
    const cut = text.indexOf(delimiter, from);
    if (cut < 0) return undefined;
    from = cut + 1;
  }
  const cut = text.indexOf(delimiter, from);
  return cut < 0 ? (from === 0 ? text : text.substring(from)) : text.substring(from, cut);
}

/**
 * Reads the first message in bytes (at most 5 MiB). Byte order mark, MLLP frame bytes, batch envelope and any kind of
 * line end are understood. Nothing is validated here beyond what is needed to read it.
 * @throws Hl7Error when there is no readable MSH, the input is too big, or its character set cannot be trusted.
 */
export function parseMessage(bytes: Uint8Array): Hl7Message {
  checkBytes(bytes);
  let used = binding.index(bytes, scratch);
  if (used < 0) {
    scratch = new Uint32Array(Math.ceil(-used));
    used = binding.index(bytes, scratch);
  }
  const index = scratch.slice(0, used);
  if (scratch.length > scratchWordsKept) scratch = new Uint32Array(4096);
  refuseUnreadable(index);
  const from = index[3] ?? 0;
  const length = index[4] ?? 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString("latin1");
  return new Hl7Message(index, text, from);
}

/** Throws for an index whose status or character set says that the message cannot be read. */
function refuseUnreadable(index: Uint32Array): void {
  const status = (index[0] ?? 0) | 0;
  const offset = index[3] ?? 0;
  if (status === -1) throw new Hl7Error("message-too-big", "The message is larger than 5 MiB.");
  if (status === -2) throw new Hl7Error("message-empty", "There is nothing in it.");
  if (status === -3) throw new Hl7Error("msh-missing", "No line begins with MSH: this is not an HL7 v2 message.");
  if (status === -4) {
    const text = "MSH-2 must hold four different delimiters, usually ^~\\&.";
    throw new Hl7Error("delimiters-unusable", text, { path: "MSH-2", offset: offset + 4 });
  }
  const charset = index[2] ?? 0;
  if (charset === charsets.refused) {
    throw new Hl7Error("charset-refused", "MSH-18 names a character set that is not read here; send UTF-8.", {
      path: "MSH-18",
    });
  }
  const mismatch = charset === charsets.unknown || (charset === charsets.utf8 && ((index[1] ?? 0) & sawNotUtf8) !== 0);
  if (mismatch) {
    throw new Hl7Error("charset-mismatch", "The bytes do not fit the character set of MSH-18.", { path: "MSH-18" });
  }
}
