import { createHash } from "node:crypto";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { cutils } from "@infirmary/native";
import { auditLeaf, auditPayload } from "../../../core/audit-record.ts";
import { canonicalJson } from "../../../core/canonical-json.ts";
import { eachTenant } from "../../../core/each-tenant.ts";
import type { Platform } from "../../../core/platform.ts";
import type { Signer } from "../seal/statement.ts";
import {
  dropMonth,
  entriesOfSeal,
  expiredMonths,
  insertArchive,
  isArchived,
  isHeld,
  sealsOfMonth,
} from "./retention-store.ts";

/**
 * Months of the log that are over for seven years and not held: each is exported with a proof for every entry, the export is
 * signed and noted, and then the month is dropped. Safe to run again wherever it was cut off. @returns the months dropped
 */
export async function retireMonths(
  platform: Platform,
  { signer, folder }: { signer: Signer; folder: string },
): Promise<string[]> {
  const { pool } = platform.database;
  const dropped: string[] = [];
  for (const month of await expiredMonths(pool)) {
    if (await isHeld(pool, month)) {
      platform.log.info({ month }, "audit month is held");
      continue;
    }
    if (!(await isArchived(pool, month))) await archiveMonth(platform, { signer, folder, month });
    await dropMonth(pool, month);
    platform.log.warn({ month }, "audit month exported and dropped");
    dropped.push(month);
  }
  return dropped;
}

/** Writes `audit-<month>.jsonl`: each seal as a line, and each of its entries of the month with its audit path (RFC 9162, 2.1.3). */
async function archiveMonth(
  platform: Platform,
  { signer, folder, month }: { signer: Signer; folder: string; month: string },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `audit-${month.slice(0, 7)}.jsonl`);
  const draft = await open(`${path}.draft`, "w", 0o600);
  const digest = createHash("sha256");
  let entries = 0;
  const write = async (line: unknown) => {
    const text = `${canonicalJson(line)}\n`;
    digest.update(text);
    await draft.appendFile(text);
  };
  try {
    await eachTenant(platform, async ({ connection, scope }) => {
      for (const seal of await sealsOfMonth(connection, { tenantId: scope.tenantId, month })) {
        await write({ seal: { ...seal, signature: Buffer.from(seal.signature).toString("base64") } });
        const rows = await entriesOfSeal(connection, seal);
        const leaves = rows.map(({ record }) => auditLeaf(auditPayload(record)));
        for (const [index, { record, mac, words }] of rows.entries()) {
          if (!record.at.startsWith(month.slice(0, 7))) continue;
          const proof = cutils.merkle.inclusionProof(leaves, index).map((node) => Buffer.from(node).toString("hex"));
          await write({ entry: record, ...(words ? { words } : {}), mac, seal: seal.number, index, proof });
          entries++;
        }
      }
    });
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${path}.draft`, path);
  const sha256 = digest.digest("hex");
  const chain = createHash("sha256")
    .update(canonicalJson({ v: 1, month, sha256, entries }))
    .digest("hex");
  const { keyId } = signer;
  await insertArchive(platform.database.pool, {
    month,
    file: path,
    sha256,
    entries,
    keyId,
    signature: signer.sign(chain),
  });
}
