import { Secret } from "otpauth";
import { describe, expect, it } from "vitest";
import { newSeed, stepOfCode, totpUri } from "./totp.ts";

/** RFC 6238, appendix B: the SHA-1 rows, their last six digits. */
const seed = Secret.fromUTF8("12345678901234567890").base32;
const vectors: [seconds: number, code: string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

describe("a code of an authenticator app", () => {
  it.each(vectors)("at %i seconds is the one RFC 6238 prints", (seconds, code) => {
    expect(stepOfCode(seed, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it("is good in its own step and the two beside it, and not beyond", () => {
    const [seconds, code] = [1_111_111_111, "050471"];
    const step = Math.floor(seconds / 30);
    const at = (offset: number) => stepOfCode(seed, code, (step + offset) * 30_000 + 15_000);
    expect([at(-2), at(-1), at(0), at(1), at(2)]).toEqual([null, step, step, step, null]);
  });

  it("of another length is none", () => {
    for (const code of ["", "05047", "0504711", "abcdef"]) expect(stepOfCode(seed, code, 1_111_111_111_000)).toBeNull();
  });
});

it("a seed has 160 bits and the address for the camera carries it", () => {
  const own = newSeed();
  expect(Secret.fromBase32(own).bytes).toHaveLength(20);
  expect(totpUri(own, "dr.smith", "St Anne's")).toBe(
    `otpauth://totp/St%20Anne's:dr.smith?issuer=St%20Anne's&secret=${own}&algorithm=SHA1&digits=6&period=30`,
  );
});
