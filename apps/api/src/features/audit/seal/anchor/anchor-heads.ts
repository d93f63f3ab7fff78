import { eachTenant } from "../../../../core/each-tenant.ts";
import type { Platform } from "../../../../core/platform.ts";
import type { Anchor, AnchorRecord } from "./anchor.ts";
import { findUnanchored, insertAnchor } from "./anchor-store.ts";

/**
 * Writes every tenant's newest seal to each place and then notes it. What is written and not noted (the process was
 * killed in between) is written once more, which does no harm.
 */
export async function anchorHeads(platform: Platform, anchors: readonly Anchor[]): Promise<void> {
  for (const anchor of anchors) {
    const records: AnchorRecord[] = [];
    const anchoredAt = platform.now().toISOString();
    await eachTenant(platform, async ({ connection, scope }) => {
      const head = await findUnanchored(connection, { tenantId: scope.tenantId, place: anchor.place });
      if (head) records.push({ ...head, anchoredAt });
    });
    await anchor.write(records);
    await eachTenant(platform, async ({ connection, scope }) => {
      for (const { tenantId, number } of records)
        if (tenantId === scope.tenantId)
          await insertAnchor(connection, { tenantId, number, place: anchor.place, anchoredAt });
    });
  }
}
