import { isCommonPassword } from "./common-password.ts";

/** Characters at least: with a second factor, and where the password is all there is. */
export const passwordMin = { withFactor: 12, alone: 15 } as const;

export type PasswordFault = {
  password: string;
  /** What everybody knows of the person: user name, name, e-mail. */
  names?: readonly string[];
  hasFactor?: boolean;
};

/**
 * What is wrong with a new password, as a sentence; null for a good one. Length and guessability count, kinds of characters do not
 * (NIST SP 800-63B, ASVS 6.2). The API and the hint beside the field ask the same.
 */
export function passwordFault({ password, names = [], hasFactor = false }: PasswordFault): string | null {
  const min = hasFactor ? passwordMin.withFactor : passwordMin.alone;
  if ([...password].length < min) return `Use at least ${min} characters. A few words are easiest to remember.`;
  const plain = plainOf(password);
  if (isCommonPassword(plain) || isCommonPassword(plain.replace(/\d+$/, "")))
    return "This is among the passwords that are tried first. Choose another.";
  if (isRepetition(plain) || isSequence(plain))
    return "This repeats or counts. Choose words that do not follow from each other.";
  if (isMostly(plain, names))
    return "This is mostly your own name or the place. Choose words that nobody connects with you.";
  return null;
}

/** Lower case, without signs, and with the letters that digits and signs stand for at the usual places. */
function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/@/g, "a")
    .replace(/\$/g, "s")
    .replace(/!/g, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** `abcabcabcabc`: one piece of at most a third of the length, again and again; a lone sign included. */
function isRepetition(text: string): boolean {
  for (let size = 1; size <= text.length / 3; size++) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    )
      return true;
  }
  return text.length === 0;
}

const rows = ["abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const runs = [...rows, ...rows.map((row) => [...row].reverse().join(""))];

/** Whether runs of the alphabet, the digits or the keyboard, of four signs or more, make up all but three of it. */
function isSequence(text: string): boolean {
  let covered = 0;
  for (let at = 0; at < text.length; ) {
    let length = 0;
    for (let size = 4; at + size <= text.length && runs.some((run) => run.includes(text.slice(at, at + size))); size++)
      length = size;
    covered += length;
    at += Math.max(1, length);
  }
  return text.length - covered <= 3;
}

const places = ["infirmary", "hospital", "clinic", "password", "welcome"];

/** Whether little is left when the names, the place and digits are taken out. */
function isMostly(text: string, names: readonly string[]): boolean {
  const words = [...names.flatMap((name) => name.split(/[\s@._-]+/)), ...places]
    .map(plainOf)
    .filter((word) => word.length >= 3)
    .sort((a, b) => b.length - a.length);
  let left = text;
  for (const word of words) left = left.replaceAll(word, "");
  return left.length < text.length && left.replace(/\d/g, "").length < 5;
}
