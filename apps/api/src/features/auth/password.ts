import { hash, verify } from "@node-rs/argon2";

/** `Algorithm.Argon2id`, a const enum that cannot be imported where types are only stripped. */
const argon2id = 2;

/** OWASP's and ASVS 11.4.2's first choice of argon2id parameters: 46 MiB, one pass, one lane. */
const parameters = { algorithm: argon2id, memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const;

const currentPrefix = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

/** Verified where no account has that name, so that the answer takes as long as for a wrong password. */
const nobodysHash = hash("nobody has this password", parameters);

let running = 0;
const waiting: (() => void)[] = [];
const runningMax = 4;

/** The argon2id hash of a password, with its parameters in it. */
export function hashPassword(password: string): Promise<string> {
  return inHashTurn(() => hash(password, parameters));
}

/** Whether the password fits the hash; with no hash, the same work and false. Call it in `inHashTurn`. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  return (await verify(passwordHash ?? (await nobodysHash), password)) && passwordHash !== null;
}

/** Whether the hash was made with other parameters than today's: it is made anew when its password is next known. */
export const isOutdated = (passwordHash: string) => !passwordHash.startsWith(currentPrefix);

/** Each hash takes 46 MiB: a crowd of sign-ins waits its turn instead of taking all memory. */
export async function inHashTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= runningMax) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
