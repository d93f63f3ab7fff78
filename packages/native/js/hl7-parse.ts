// From bytes to a message: where its index is kept, and what cannot be read.
import { binding, checkBytes } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";
import { indexMargin, word } from "./hl7-index.ts";
import { Hl7Message } from "./hl7-message.ts";

const charsets = { utf8: 1, unknown: 13, refused: 14 } as const;
const sawNotUtf8 = 1 << 9;

/** What `buffer.toString("latin1", …)` calls; taken from the prototype because it works on any Uint8Array. */
const { latin1Slice } = Buffer.prototype as unknown as {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
};

/** Where the indexes of small messages lie one behind the other: a typed array of its own would cost each half a parse. */
let slab = new Uint32Array(0);
let slabUsed = 0;
const slabWords = 1 << 14;

/**
 * Reads the first message in bytes (at most 5 MiB). Byte order mark, MLLP frame bytes, batch envelope and any kind of
 * line end are understood. Nothing is validated here beyond what is needed to read it.
 * @throws Hl7Error when there is no readable MSH, the input is too big, or its character set cannot be trusted.
 */
export function parseMessage(bytes: Uint8Array): Hl7Message {
  checkBytes(bytes);
  // Ordinary messages need a word for six bytes of theirs and one for 32; what needs more says so.
  let index = roomFor((bytes.length >> 2) + (bytes.length >> 5) + indexMargin);
  let at = index === slab ? slabUsed : 0;
  let text = binding.index(bytes, index, at);
  while (typeof text === "number") {
    index = new Uint32Array(Math.ceil(-text));
    at = 0;
    text = binding.index(bytes, index, at);
  }
  refuseUnreadable(index, at);
  if (index === slab) slabUsed += index[at + word.used] as number;
  if (typeof text === "string") return new Hl7Message(index, at, text);
  const from = index[at + word.from] as number;
  return new Hl7Message(index, at, latin1Slice.call(bytes, from, from + (index[at + word.length] as number)));
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

/** Throws for an index whose status or character set says that the message cannot be read. */
function refuseUnreadable(index: Uint32Array, at: number): void {
  const status = (index[at + word.status] ?? 0) | 0;
  const offset = index[at + word.from] ?? 0;
  if (status === -1) throw new Hl7Error("message-too-big", "The message is larger than 5 MiB.");
  if (status === -2) throw new Hl7Error("message-empty", "There is nothing in it.");
  if (status === -3) throw new Hl7Error("msh-missing", "No line begins with MSH: this is not an HL7 v2 message.");
  if (status === -4) {
    const text = "MSH-2 must hold four different delimiters, usually ^~\\&.";
    throw new Hl7Error("delimiters-unusable", text, { path: "MSH-2", offset: offset + 4 });
  }
  const charset = index[at + word.charset] ?? 0;
  if (charset === charsets.refused) {
    throw new Hl7Error("charset-refused", "MSH-18 names a character set that is not read here; send UTF-8.", {
      path: "MSH-18",
    });
  }
  const mismatch =
    charset === charsets.unknown || (charset === charsets.utf8 && ((index[at + word.saw] ?? 0) & sawNotUtf8) !== 0);
  if (mismatch) {
    throw new Hl7Error("charset-mismatch", "The bytes do not fit the character set of MSH-18.", { path: "MSH-18" });
  }
}
