/**
 * Columns of values as PostgreSQL's binary arrays, for statements that write many rows: `unnest($1::uuid[], $2::text[])`. As text, each
 * value would be quoted here and taken apart there, bytes as hexadecimal digits; this is most of what a wide statement's parameters cost.
 * Layout: array_recv of PostgreSQL; numbers are big-endian.
 */
export const binaryArray = {
  uuid: (values: readonly (string | null)[]): Buffer => encode(values, 2950, 16, putUuid),
  text: (values: readonly (string | null)[]): Buffer => encode(values, 25, 0, putText),
  int: (values: readonly (number | null)[]): Buffer => encode(values, 23, 4, putInt),
  timestamptz: (values: readonly (Date | null)[]): Buffer => encode(values, 1184, 8, putTime),
  bytea: (values: readonly (Uint8Array | null)[]): Buffer => encode(values, 17, 0, putBytes),
};

let scratch = Buffer.allocUnsafe(64 * 1024);

/** Makes room for `bytes` more at `offset`. */
function reserve(offset: number, bytes: number): void {
  if (offset + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, offset + bytes));
  scratch.copy(larger, 0, 0, offset);
  scratch = larger;
}

/** `put` writes the value at the offset of the scratch buffer and answers how many bytes it took. */
function encode<T>(
  values: readonly (T | null)[],
  elementType: number,
  size: number,
  put: (value: T, offset: number) => number,
): Buffer {
  const isEmpty = values.length === 0;
  reserve(0, 20 + values.length * (4 + size));
  scratch.writeInt32BE(isEmpty ? 0 : 1, 0);
  scratch.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  scratch.writeInt32BE(elementType, 8);
  let offset = 12;
  if (!isEmpty) {
    scratch.writeInt32BE(values.length, 12);
    scratch.writeInt32BE(1, 16);
    offset = 20;
  }
  for (const value of values) {
    reserve(offset, 4 + size);
    const length = value === null ? -1 : put(value, offset + 4);
    scratch.writeInt32BE(length, offset);
    offset += 4 + Math.max(length, 0);
  }
  const array = Buffer.allocUnsafe(offset);
  scratch.copy(array, 0, 0, offset);
  // What kept a very large message is let go.
  if (scratch.length > scratchMax) scratch = Buffer.allocUnsafe(64 * 1024);
  return array;
}

const scratchMax = 4 * 1024 * 1024;

function putUuid(value: string, offset: number): number {
  if (scratch.write(value.replaceAll("-", ""), offset, "hex") !== 16) throw new Error("An id must be a UUID.");
  return 16;
}

function putText(value: string, offset: number): number {
  reserve(offset, value.length * 3);
  return scratch.write(value, offset, "utf8");
}

function putInt(value: number, offset: number): number {
  scratch.writeInt32BE(value, offset);
  return 4;
}

/** Microseconds since 2000, of a clock that counts milliseconds. */
function putTime(value: Date, offset: number): number {
  scratch.writeBigInt64BE(BigInt(value.getTime() - epochMs) * 1000n, offset);
  return 8;
}
const epochMs = Date.UTC(2000, 0, 1);

function putBytes(value: Uint8Array, offset: number): number {
  reserve(offset, value.length);
  scratch.set(value, offset);
  return value.length;
}
