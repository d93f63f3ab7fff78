import { binding } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";
import { packName } from "./hl7-path.ts";
import { validate } from "./hl7-validate.ts";

/** What can stand in a component: text, its subcomponents, or undefined for nothing. */
type ComponentValue = string | readonly (string | undefined)[] | undefined;

/** What can stand in a field: text, its components, or undefined for nothing. */
export type FieldValue = string | readonly ComponentValue[] | undefined;

/** Collects a message front to back; the C core writes and escapes it. */
export class Hl7Writer {
  readonly #places: number[] = [];
  #text = "";

  /** Begins a segment. */
  segment(name: string): this {
    this.#places.push(packName(name), 0, 0, 0, 0, 0);
    return this;
  }

  /** Writes field n; fields come in ascending order. */
  field(n: number, value: FieldValue): this {
    return this.repetition(n, 1, value);
  }

  /** Writes one repetition of field n; an array is its components. */
  repetition(n: number, repetition: number, value: FieldValue): this {
    if (value === undefined) return this;
    if (typeof value === "string") return this.#put(n, repetition, 1, 1, value);
    for (const [i, part] of value.entries()) {
      if (Array.isArray(part)) for (const [k, text] of part.entries()) this.#put(n, repetition, i + 1, k + 1, text);
      else this.#put(n, repetition, i + 1, 1, part);
    }
    return this;
  }

  /** Writes each line of text as a repetition of its own, as TX and FT have it. */
  lines(n: number, text: string): this {
    for (const [i, line] of text.split("\n").entries()) this.repetition(n, i + 1, line);
    return this;
  }

  #put(field: number, repetition: number, component: number, subcomponent: number, text: unknown): this {
    if (text === undefined || text === "") return this;
    if (typeof text !== "string") throw new Hl7Error("value-invalid", "Expected text.", { path: `field ${field}` });
    const wellFormed = text.toWellFormed();
    this.#places.push(0, field, repetition, component, subcomponent, Buffer.byteLength(wellFormed));
    this.#text += wellFormed;
    return this;
  }

  /** True when the message needs MSH-18. */
  get hasNonAscii(): boolean {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is what ASCII means
    return /[^\x00-\x7f]/.test(this.#text);
  }

  /**
   * The message.
   * @throws Hl7Error `value-invalid` when a value cannot be written.
   */
  finish(): Uint8Array {
    const bytes = binding.build(Uint32Array.from(this.#places), this.#text);
    if (typeof bytes !== "number") return bytes;
    throw new Hl7Error("value-invalid", "A value cannot be written as HL7.");
  }
}

/** Throws when our own message would not be accepted by a strict receiver; returns it otherwise. */
export function checkOwn(bytes: Uint8Array): Uint8Array {
  const report = validate(bytes);
  const first = report.issues.find((issue) => issue.severity === "error");
  if (!first) return bytes;
  throw new Hl7Error("value-invalid", first.message, { path: first.path, offset: first.offset });
}

/** Runs a builder; a wrong shape of its input becomes an error with a code. */
export function buildWith(build: () => Uint8Array): Uint8Array {
  try {
    return build();
  } catch (cause) {
    if (cause instanceof Hl7Error) throw cause;
    throw new Hl7Error(
      "argument-invalid",
      "The builder's input does not have the shape that its type says.",
      {},
      { cause },
    );
  }
}

/** A time as HL7 writes it, to the second, in UTC. Text is taken as it is. */
export function formatTime(at: Date | string): string {
  if (typeof at === "string") return at;
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) {
    throw new Hl7Error("value-invalid", "Expected a valid Date.", { path: "at" });
  }
  return `${at.toISOString().slice(0, 19).replace(/[-T:]/g, "")}+0000`;
}
