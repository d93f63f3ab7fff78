import { Secret, TOTP } from "otpauth";

const periodSeconds = 30;
const options = { algorithm: "SHA1", digits: 6, period: periodSeconds } as const;

/** A new seed of 160 bits in base32 (RFC 4226, R6). */
export const newSeed = () => new Secret({ size: 20 }).base32;

/** The address an authenticator app reads from a QR code (Key URI Format). */
export const totpUri = (seed: string, label: string, issuer: string) =>
  new TOTP({ ...options, secret: Secret.fromBase32(seed), label, issuer }).toString();

/**
 * The 30-second step whose code this is, of the present one and its two neighbours (RFC 6238, 5.2: clocks differ); null for none.
 * @param code six digits
 */
export function stepOfCode(seed: string, code: string, nowMs: number): number | null {
  const delta = new TOTP({ ...options, secret: Secret.fromBase32(seed) }).validate({
    token: code,
    timestamp: nowMs,
    window: 1,
  });
  return delta === null ? null : Math.floor(nowMs / 1000 / periodSeconds) + delta;
}
