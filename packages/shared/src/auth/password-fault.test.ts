import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newPassword } from "./index.ts";
import { passwordFault } from "./password-fault.ts";

const names = ["nora.nurse", "Nora Nightingale", "nora@st-annes.example"];
const fault = (password: string, hasFactor = false) => passwordFault({ password, names, hasFactor });

describe("a new password", () => {
  it("has 15 characters where it is all there is, 12 with a second factor", () => {
    expect(fault("lamp rice moon")).toMatch(/at least 15/);
    expect(fault("lamp rice moon", true)).toBeNull();
    expect(fault("lamp rice m", true)).toMatch(/at least 12/);
    expect(fault("lamp rice moon x")).toBeNull();
  });

  it.each([
    "passwordpassword",
    "Password-1234567890",
    "P@$$wordP@$$word",
    "correct horse battery staple",
    "Intensive Care Unit",
    "administrator123",
    "infirmary 2026 infirmary",
    "1q2w3e4r5t6y7u8i",
    "hospital hospital 12",
  ])("is none of those tried first: %s", (password) => expect(fault(password)).not.toBeNull());

  it.each([
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "lalalalalalalalala",
    "1234567890123456",
    "zyxwvutsrqponmlk",
    "qwertyuiopasdfghj",
    "----------------",
  ])("does not repeat or count: %s", (password) => expect(fault(password)).not.toBeNull());

  it.each(["nora nightingale", "Nightingale 19850131", "nora.nurse@hospital", "noranoranurse 123"])(
    "is not what everybody knows of the person: %s",
    (password) => expect(fault(password)).not.toBeNull(),
  );

  it("may be four plain words, another script, or a hundred characters; no kind of character is asked for", () => {
    for (const good of [
      "four words are enough",
      "вчера был дождь сильный",
      "雨 が 降る 夜 に 本 を 読む こと",
      "kettle ".repeat(3) + "river mountain ".repeat(5),
      "nightingales sing in the rain",
    ])
      expect(fault(good), good).toBeNull();
  });

  it("of random words is good", () => {
    const word = fc.string({ unit: fc.constantFrom(..."bdfgkmprstuvaeio"), minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 4, maxLength: 6 }), (words) => {
        fc.pre(new Set(words.join("")).size > 6);
        expect(fault(words.join(" "))).toBeNull();
      }),
    );
  });

  it("has at most 256 bytes, whatever the script", () => {
    expect(newPassword.safeParse("ä".repeat(128)).success).toBe(true);
    expect(newPassword.safeParse("ä".repeat(129)).success).toBe(false);
    expect(newPassword.safeParse("a".repeat(257)).success).toBe(false);
  });
});
