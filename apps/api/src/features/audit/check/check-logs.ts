import type { KeyObject } from "node:crypto";
import { readAnchors } from "../../../audit-verifier/anchors.ts";
import type { TenantReport } from "../../../audit-verifier/findings.ts";
import { verifyTenant } from "../../../audit-verifier/verify-tenant.ts";
import { eachTenant } from "../../../core/each-tenant.ts";
import { newId } from "../../../core/id.ts";
import type { Platform } from "../../../core/platform.ts";
import { inWork } from "../../../core/unit-of-work.ts";
import { raiseAlarm } from "../seal/alarm.ts";
import { insertCheck, lastClean } from "./check-store.ts";

export type CheckParts = { sealKeys: ReadonlyMap<string, KeyObject>; anchorFile: string };
/** Anchors that a recent check looks at: those of a day and more. */
const recentAnchors = 500;

/**
 * Runs the offline check on every tenant's log and keeps what it found: `recent` from the last clean check on, against the
 * newest anchors; `whole` from the first seal, against all. Findings alarm administrators and privacy officers.
 */
export async function checkLogs(
  platform: Platform,
  { sealKeys, anchorFile }: CheckParts,
  scope: "recent" | "whole",
): Promise<void> {
  const isWhole = scope === "whole";
  const anchorsAsOf = new Date(platform.now().getTime() - 60_000);
  const anchors = readAnchors(anchorFile, sealKeys, isWhole ? undefined : recentAnchors);
  const tenants: { id: string; after: number }[] = [];
  await eachTenant(platform, async (work) => {
    const { tenantId } = work.scope;
    tenants.push({ id: tenantId, after: isWhole ? 0 : await lastClean(work.connection, tenantId) });
  });
  const client = await platform.database.pool.connect();
  try {
    for (const { id, after } of tenants) {
      const startedAt = performance.now();
      const trusted = {
        macKey: platform.auditKey,
        sealKeys,
        anchors: anchors.lines,
        ...(isWhole ? { anchorPlace: `file ${anchorFile}`, anchorsAsOf } : {}),
      };
      const report = await verifyTenant(client, id, { trusted, after, now: platform.now() });
      report.findings.push(...anchors.findings.filter(({ tenantId }) => tenantId === null || tenantId === id));
      await keep(platform, { scope, after, report, tookMs: Math.round(performance.now() - startedAt) });
    }
  } finally {
    client.release();
  }
}

async function keep(
  platform: Platform,
  { scope, after, report, tookMs }: { scope: "recent" | "whole"; after: number; report: TenantReport; tookMs: number },
): Promise<void> {
  const { tenantId, findings, entries } = report;
  const toNumber = report.lastSeal?.number ?? after;
  await inWork(platform, { tenantId, actor: null, requestId: newId(), ip: null }, ({ connection, now }) =>
    insertCheck(connection, {
      tenantId,
      id: newId(),
      scope,
      checkedAt: now,
      tookMs,
      fromNumber: after + 1,
      toNumber,
      entries,
      findings,
    }),
  );
  platform.log.info({ tenantId, scope, entries, toNumber, tookMs, findings: findings.length }, "audit checked");
  if (findings.length > 0)
    await raiseAlarm(platform, tenantId, {
      title: "The audit log was tampered with.",
      facts: { findings: findings.slice(0, 20) },
    });
}
