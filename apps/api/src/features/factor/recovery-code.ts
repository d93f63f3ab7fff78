import { randomBytes } from "node:crypto";
import type { Platform } from "../../core/platform.ts";

/** Crockford's base32: no letter that is read as a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const codesCount = 10;

/** Ten new codes of 80 random bits, as `xxxx-xxxx-xxxx-xxxx`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codesCount }, () => {
    const letters = Array.from(randomBytes(16), (byte) => alphabet[byte & 31]).join("");
    return (letters.match(/.{4}/g) ?? []).join("-");
  });
}

/** What is kept of a code, however it was typed. */
export function tokenOfCode(platform: Platform, tenantId: string, code: string): Uint8Array<ArrayBuffer> {
  const typed = code.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  return new Uint8Array(platform.keys.token(typed || "-", { tenant: tenantId, field: "recovery-code" }));
}
