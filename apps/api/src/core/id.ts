import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(4096);
let used = pool.length;
let lastMs = 0;
let sequence = 0;

/**
 * A UUIDv7 (RFC 9562, 5.7 and 6.2 method 1): 48 bits of milliseconds, 12 bits that count up within one, 62 random. So ids of one process
 * sort as they were made, the values of a message as they stood in it, and none can be guessed.
 */
export function newId(nowMs = Date.now()): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.toString("hex", used, used + 10);
  used += 10;
  sequence = nowMs === lastMs ? (sequence + 1) & 0xfff : Number.parseInt(random.slice(0, 3), 16) >> 3;
  lastMs = nowMs;
  const time = nowMs.toString(16).padStart(12, "0");
  const variant = ((Number.parseInt(random.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, "0")}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}
