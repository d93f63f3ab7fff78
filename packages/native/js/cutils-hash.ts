import { stableBytes } from "./cutils-arguments.ts";
import { check, encodeText, failure, layout, native, readBytes, TOO_LONG, writeInput } from "./cutils-native.ts";

const HASH_BYTES = 32;

/** SHA-256 of bytes, or of a text's UTF-8: 32 bytes. */
export function sha256(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const length = writeInput(data, "data", layout.inAt, layout.inBytes);
  check(length === TOO_LONG ? sha256Large(data) : native.sha256(length));
  return readBytes(layout.outAt, HASH_BYTES);
}

/** The same as 64 lower-case hexadecimal digits. */
export function sha256Hex(data: Uint8Array | string): string {
  const length = writeInput(data, "data", layout.inAt, layout.inBytes);
  if (length === TOO_LONG) {
    check(sha256Large(data));
    return Buffer.from(readBytes(layout.outAt, HASH_BYTES).buffer).toString("hex");
  }
  const hex = native.sha256Hex(length);
  if (typeof hex === "number") throw failure(hex);
  return hex;
}

/** Whether both hold the same bytes, in a time that depends on their lengths alone. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return check(native.equal(stableBytes(a, "a"), stableBytes(b, "b"))) === 1;
}

function sha256Large(data: Uint8Array | string): number {
  return native.sha256Large(typeof data === "string" ? encodeText(data) : stableBytes(data, "data"));
}
