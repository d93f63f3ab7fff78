import { X509Certificate } from "node:crypto";
import { accessSync, constants, existsSync, readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Env } from "../../apps/api/src/core/env.ts";
import { belowFloor } from "../check/version-floors.ts";
import type { DataFolder } from "../setup/project.ts";
import { inProject } from "../setup/project.ts";
import { attention, bad, type Finding, ok } from "./finding.ts";

const daySeconds = 86_400;

/** Everything that can be seen without the database. */
export function lookAtMachine(env: Env, data: DataFolder, now: Date): Finding[] {
  return [
    runtime(),
    folder(data.path),
    disk(data.path),
    keys(data.keys),
    packages(),
    ...certificate("HL7 cert.", env.MLLP_TLS_CERT_FILE, now),
    production(env),
  ];
}

function runtime(): Finding {
  const major = Number.parseInt(process.versions.node, 10);
  return major >= 24
    ? ok("Node", process.versions.node)
    : bad("Node", process.versions.node, "The product runs under Node 24: npm ci brings it.");
}

/** The nearest folder that is there must be writable by this account. */
function folder(path: string): Finding {
  const nearest = nearestOf(path);
  try {
    accessSync(nearest, constants.W_OK);
    return ok("Data folder", existsSync(path) ? path : `${path}, made at the first start`);
  } catch {
    return bad(
      "Data folder",
      `${nearest} cannot be written by this account.`,
      "Give it the folder, or set INFIRMARY_DATA.",
    );
  }
}

function disk(path: string): Finding {
  const { bavail, blocks, bsize } = statfsSync(nearestOf(path));
  const free = bavail / blocks;
  const says = `${Math.round((bavail * bsize) / 1024 ** 3)} GiB free, ${Math.round(free * 100)} %`;
  const advice = "Make room: a database without room stops writing.";
  return free < 0.05 ? bad("Disk", says, advice) : free < 0.15 ? attention("Disk", says, advice) : ok("Disk", says);
}

/** Keys that others can read are no keys. */
function keys(path: string): Finding {
  if (!existsSync(path)) return ok("Keys", "none yet; the first start makes them, or variables name the files");
  const open = [path, ...readdirSync(path).map((name) => join(path, name))].filter(
    (file) => statSync(file).mode & 0o077,
  );
  return open.length === 0
    ? ok("Keys", `in ${path}, for this account alone`)
    : bad("Keys", `${open[0]} can be read by other accounts.`, `chmod -R go-rwx ${path}`);
}

function packages(): Finding {
  const below = belowFloor(JSON.parse(readFileSync(inProject("package-lock.json"), "utf8")));
  return below.length === 0
    ? ok("Packages", "none below the version that is known to be safe")
    : bad("Packages", below[0] ?? "", "Take the newest release of Infirmary.");
}

/** @param file of a certificate in PEM; no finding where there is none */
export function certificate(name: string, file: string | undefined, now: Date): Finding[] {
  if (file === undefined) return [];
  try {
    const days = Math.floor(
      (new X509Certificate(readFileSync(file)).validToDate.getTime() - now.getTime()) / 1000 / daySeconds,
    );
    const advice = "Put a new one in its place and start what uses it again.";
    if (days < 0) return [bad(name, `${file} expired ${-days} days ago.`, advice)];
    return [
      days < 21 ? attention(name, `${file} is good for ${days} days.`, advice) : ok(name, `good for ${days} days`),
    ];
  } catch {
    return [bad(name, `${file} cannot be read as a certificate.`, "It has to be PEM, readable by this account.")];
  }
}

/** What a hospital sets and a trial does not. */
function production(env: Env): Finding {
  if (env.NODE_ENV !== "production")
    return attention(
      "Purpose",
      "a trial: NODE_ENV is not production",
      "docs/operations.md says how a hospital runs it.",
    );
  if (env.INFIRMARY_DEMO === "1")
    return bad(
      "Purpose",
      "production with demo data, whose passwords everybody knows",
      "Set INFIRMARY_DEMO=0 and begin with an empty database.",
    );
  if (!env.DATABASE_URL)
    return attention(
      "Purpose",
      "production on the embedded database",
      "A hospital runs PostgreSQL 18 of its own: DATABASE_URL.",
    );
  if (!env.PUBLIC_URL.startsWith("https:"))
    return bad("Purpose", "production without https", "Set PUBLIC_URL to the https:// address people type.");
  return ok("Purpose", "production");
}

function nearestOf(path: string): string {
  return existsSync(path) ? path : nearestOf(dirname(path));
}
