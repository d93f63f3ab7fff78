import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import pg from "pg";
import { readAnchors } from "./anchors.ts";
import type { Finding, TenantReport } from "./findings.ts";
import { sealKeysOf } from "./format.ts";
import { verifyTenant } from "./verify-tenant.ts";

/**
 * The offline check of the audit log, by itself: `DATABASE_APP_URL=postgresql://… node main.ts --mac-key=<file> --seal-keys=<PEM file> --anchors=<file or folder>
 * [--anchor-place=<as the database names it>] [--tenant=<id>]`. Ends with 0 where all is as it was written, 1 where not, 2 where it could not look.
 */
const { values } = parseArgs({
  options: {
    "mac-key": { type: "string" },
    "seal-keys": { type: "string" },
    anchors: { type: "string" },
    "anchor-place": { type: "string" },
    tenant: { type: "string" },
  },
});

try {
  process.exitCode = await check();
} catch (error) {
  console.error(`The audit log could not be checked: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function check(): Promise<number> {
  const sealKeys = sealKeysOf(readFileSync(need("seal-keys"), "utf8"));
  const macKey = new Uint8Array(Buffer.from(readFileSync(need("mac-key"), "utf8").trim(), "base64"));
  // One that is being written just now may be noted and not here yet.
  const anchorsAsOf = new Date(Date.now() - 60_000);
  const anchors = readAnchors(need("anchors"), sealKeys);
  const place = values["anchor-place"];
  const trusted = {
    macKey,
    sealKeys,
    anchors: anchors.lines,
    anchorsAsOf,
    ...(place === undefined ? {} : { anchorPlace: place }),
  };
  // biome-ignore lint/style/noProcessEnv: a connection string holds a password, which does not belong on a command line
  const client = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string; name: string }>("SELECT id, name FROM tenant ORDER BY name");
    const found: Finding[] = [...anchors.findings];
    for (const { id, name } of rows.filter((row) => values.tenant === undefined || row.id === values.tenant)) {
      const startedAt = performance.now();
      const report = await verifyTenant(client, id, { trusted });
      print(name, report, (performance.now() - startedAt) / 1000);
      found.push(...report.findings);
    }
    for (const { kind, place, detail } of found) say(`  FOUND ${kind}: ${place}. ${detail}`);
    say(found.length === 0 ? "Nothing was changed, removed or added." : `${found.length} findings.`);
    return found.length === 0 ? 0 : 1;
  } finally {
    await client.end();
  }
}

function print(name: string, report: TenantReport, seconds: number): void {
  const last = report.lastSeal ? `last seal ${report.lastSeal.number} of ${report.lastSeal.sealedAt}` : "no seal yet";
  say(
    `${name}: ${report.entries} entries in ${report.seals} seals, ${last}; ${report.unsealed} not sealed yet, lag ${report.lagSeconds} s (${seconds.toFixed(1)} s)`,
  );
}

function need(name: "mac-key" | "seal-keys" | "anchors"): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing.`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
