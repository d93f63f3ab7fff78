/**
 * The file of breached passwords: `INFBRP01`, 65,537 counts (uint32 little-endian), entries. Entry number `counts[p]` is the first whose
 * SHA-1 begins with the 16-bit number p; each entry is bytes 2 to 7 of a SHA-1, in order. A billion take 6 GB, a question one read.
 */
export const magic = Buffer.from("INFBRP01");
export const prefixes = 65_536;
export const indexBytes = (prefixes + 1) * 4;
export const entriesAt = magic.length + indexBytes;
export const entryBytes = 6;
