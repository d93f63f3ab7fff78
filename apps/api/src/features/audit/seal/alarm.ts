import { newId } from "../../../core/id.ts";
import type { Platform } from "../../../core/platform.ts";
import { inWork } from "../../../core/unit-of-work.ts";
import { notify } from "../../notification/index.ts";
import { findGuardians, hasOpenAlarm } from "./alarm-store.ts";

/** Tells administrators and privacy officers of a tenant, once until they have read it, and the log of the process every time. */
export async function raiseAlarm(
  platform: Platform,
  tenantId: string,
  { title, facts }: { title: string; facts: Record<string, unknown> },
): Promise<void> {
  platform.log.error({ tenantId, ...facts }, "audit alarm");
  await inWork(platform, { tenantId, actor: null, requestId: newId(), ip: null }, async (work) => {
    if (await hasOpenAlarm(work.connection, { tenantId, title })) return;
    const people = await findGuardians(work.connection, tenantId);
    await notify(work, people, { kind: "audit-alarm", title });
  });
}
