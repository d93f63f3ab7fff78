import { cutils } from "@infirmary/native";
import type { Platform } from "../../core/platform.ts";

/** What failures count against, and how many are let through. */
export type Subject = {
  hash: Buffer;
  limits: readonly { windowSeconds: number; failuresMax: number }[];
  /** From the fifth failure on, each costs twice the wait of the one before, up to a quarter of an hour; never for ever. */
  isDoubling: boolean;
};

/** Of one person in a window of so many seconds (NIST SP 800-63B: at most 100 a day), and of one address. */
const personLimits = [
  { windowSeconds: 60, failuresMax: 5 },
  { windowSeconds: 86_400, failuresMax: 100 },
] as const;
const addressLimits = [{ windowSeconds: 60, failuresMax: 30 }] as const;
const registrationLimits = [{ windowSeconds: 60, failuresMax: 20 }] as const;

/** Of requests for a reset link: each sends a mail. Of tries with links: nobody guesses one, but each is a question to the database. */
const resetLimits = {
  loginAtPlace: [{ windowSeconds: 3600, failuresMax: 5 }],
  login: [{ windowSeconds: 86_400, failuresMax: 30 }],
  address: [{ windowSeconds: 60, failuresMax: 20 }],
} as const;

const hashOf = (text: string) => Buffer.from(cutils.sha256(text));
const ofPerson = (text: string): Subject => ({ hash: hashOf(text), limits: personLimits, isDoubling: true });
const ofAddress = (ip: string): Subject => ({
  hash: hashOf(`address ${networkOf(ip)}`),
  limits: addressLimits,
  isDoubling: false,
});

/**
 * The name and the address a sign-in comes under: a name that exists and one that does not count alike. From an address the name
 * has signed in from before, it has a count of its own, so that nobody locks the owner out by guessing elsewhere.
 */
export async function signInSubjects({ database }: Platform, username: string, ip: string): Promise<Subject[]> {
  const [name, place] = placeOf(username, ip);
  const { rowCount } = await database.pool.query({
    name: "known-place",
    text: "SELECT 1 FROM known_place WHERE name_hash = $1 AND subject = $2",
    values: [name, place],
  });
  const own = ofPerson(`name ${username}`);
  return [rowCount === 1 ? { ...own, hash: place } : own, ofAddress(ip)];
}

/** Remembers that the name signed in from the address. */
export async function rememberPlace({ database }: Platform, username: string, ip: string): Promise<void> {
  await database.pool.query({
    name: "remember-place",
    text: `INSERT INTO known_place (name_hash, subject) VALUES ($1, $2) ON CONFLICT (name_hash, subject)
           DO UPDATE SET last_at = now() WHERE known_place.last_at < now() - interval '1 day'`,
    values: placeOf(username, ip),
  });
}

/** What somebody who is signed in already guesses at: the own password, to prove again who they are. */
export const insideSubjects = (userId: string): Subject[] => [ofPerson(`inside ${userId}`)];

/** What guesses at a person's second factor count against; a right password does not clear it. */
export const factorSubjects = (userId: string): Subject[] => [ofPerson(`factor ${userId}`)];

/** What failed passkeys count against: whose they are is not known. */
export const addressSubjects = (ip: string): Subject[] => [ofAddress(ip)];

export const registrationSubjects = (ip: string): Subject[] => [
  { hash: hashOf(`registration ${networkOf(ip)}`), limits: registrationLimits, isDoubling: false },
];

/** What requests for a reset link count against: the name or e-mail, whether it exists or not, there and everywhere, and the address. */
export const resetRequestSubjects = (login: string, ip: string): Subject[] => [
  { hash: hashOf(`reset ${login} at ${networkOf(ip)}`), limits: resetLimits.loginAtPlace, isDoubling: false },
  { hash: hashOf(`reset ${login}`), limits: resetLimits.login, isDoubling: false },
  { hash: hashOf(`reset from ${networkOf(ip)}`), limits: resetLimits.address, isDoubling: false },
];

/** What tries with a reset link count against. */
export const resetUseSubjects = (ip: string): Subject[] => [
  { hash: hashOf(`reset use ${networkOf(ip)}`), limits: resetLimits.address, isDoubling: false },
];

/** Forgets every failure at a name, wherever it came from: the way out of a lock-out that an administrator has. */
export async function forgetName({ database }: Platform, username: string): Promise<void> {
  const name = hashOf(`name ${username}`);
  await database.pool.query(
    "DELETE FROM sign_in_failure WHERE subject = $1 OR subject IN (SELECT subject FROM known_place WHERE name_hash = $1)",
    [name],
  );
}

/** A name's hash, and that of the name at an address. */
const placeOf = (username: string, ip: string): [Buffer, Buffer] => [
  hashOf(`name ${username}`),
  hashOf(`name ${username} at ${networkOf(ip)}`),
];

/** One household or ward: an IPv6 address counts by its /64, one that carries IPv4 by that. */
export function networkOf(ip: string): string {
  if (!ip.includes(":")) return ip;
  if (ip.includes(".")) return ip.slice(ip.lastIndexOf(":") + 1);
  const [head = "", tail] = ip.toLowerCase().split("%")[0]?.split("::") ?? [];
  const parts = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const whole = tail === undefined ? parts : [...parts, ...Array(8 - parts.length - rest.length).fill("0"), ...rest];
  return whole
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":");
}
