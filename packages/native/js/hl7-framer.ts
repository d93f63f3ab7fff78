import { binding, checkBytes, type FramerHandle } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";

const [vt, fs, cr] = [0x0b, 0x1c, 0x0d];
const limitDefault = 2 * 1024 * 1024;
const limitMax = 10 * 1024 * 1024;

/**
 * Takes messages out of an MLLP byte stream that arrives in pieces of any size. One per connection.
 *
 *   socket.on("data", (chunk) => { for (const message of framer.push(chunk)) handle(message); });
 */
export class Framer {
  readonly #handle: FramerHandle;
  #fault: Hl7Error | null = null;

  /** @param options.bytesMax longest message in bytes, 1 to 10 MiB, default 2 MiB. */
  constructor(options: { bytesMax?: number } = {}) {
    const bytesMax = options.bytesMax ?? limitDefault;
    if (!Number.isInteger(bytesMax) || bytesMax < 1 || bytesMax > limitMax) {
      throw new Hl7Error("argument-invalid", "Expected 1 to 10485760 for bytesMax.", { path: "bytesMax" });
    }
    this.#handle = binding.framer(bytesMax);
  }

  /** Why the stream is of no use any more: the connection should be closed. Null while all is well. */
  get fault(): Hl7Error | null {
    return this.#fault;
  }

  /**
   * The messages that chunk completed, without their frame bytes; each is a copy. Messages that came before a fault are
   * still returned, and {@link fault} is set.
   * @throws Hl7Error the fault, when there is one already.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    checkBytes(chunk, "chunk");
    if (this.#fault) throw this.#fault;
    const frames: Buffer[] = [];
    const status = binding.push(this.#handle, chunk, frames);
    if (status === -5) this.#fault = new Hl7Error("message-too-big", "The frame is longer than the limit.");
    else if (status !== 0) this.#fault = new Hl7Error("frame-invalid", "There are bytes outside of an MLLP frame.");
    return frames;
  }
}

/**
 * Puts a message into an MLLP frame.
 * @throws Hl7Error `frame-invalid` when it holds frame bytes itself: the receiver would see two messages.
 */
export function frame(message: Uint8Array): Uint8Array {
  checkBytes(message, "message");
  if (message.includes(vt) || message.includes(fs)) {
    throw new Hl7Error("frame-invalid", "A message must not hold the frame bytes 0x0B and 0x1C.", { path: "message" });
  }
  const framed = new Uint8Array(message.length + 3);
  framed[0] = vt;
  framed.set(message, 1);
  framed.set([fs, cr], message.length + 1);
  return framed;
}
