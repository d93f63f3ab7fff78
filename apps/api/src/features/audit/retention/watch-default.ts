import { eachTenant } from "../../../core/each-tenant.ts";
import type { Platform } from "../../../core/platform.ts";
import { raiseAlarm } from "../seal/alarm.ts";
import { countDefault } from "./retention-store.ts";

/** Alarms where entries had to go to the default partition, because their month had none. */
export async function watchDefaultPartition(platform: Platform): Promise<void> {
  const stray: { tenantId: string; entries: number }[] = [];
  await eachTenant(platform, async ({ connection, scope }) => {
    const entries = await countDefault(connection, scope.tenantId);
    if (entries > 0) stray.push({ tenantId: scope.tenantId, entries });
  });
  for (const { tenantId, entries } of stray)
    await raiseAlarm(platform, tenantId, {
      title: "The audit log has entries outside its months.",
      facts: { entries },
    });
}
