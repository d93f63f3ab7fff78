import type { AuditStatus } from "@infirmary/shared/audit";
import type { Work } from "../../../core/unit-of-work.ts";
import { findHead, oldestUnsealed } from "../seal/seal-store.ts";
import { newestChecks, readSealing } from "./check-store.ts";

/** Sealing is behind when the oldest entry waits longer. */
const lagMaxSeconds = 60;

/** Whether the log can be believed, from the newest checks and the age of what is not sealed yet. */
export async function auditStatus({ connection, scope, now }: Work): Promise<AuditStatus> {
  const { tenantId } = scope;
  const { last, anchors } = await readSealing(connection, tenantId);
  const unsealed = await oldestUnsealed(connection, tenantId, await findHead(connection, tenantId));
  const checks = await newestChecks(connection, tenantId);
  const whole = checks.find((check) => check.scope === "whole");
  const newest = checks.reduce<(typeof checks)[number] | null>(
    (a, b) => (a && a.checked_at > b.checked_at ? a : b),
    null,
  );
  const findings = checks
    .flatMap((check) => check.findings)
    .map(({ kind, place, detail }) => ({ kind, place, detail }));
  const lagSeconds = unsealed.at ? Math.max(0, Math.round((now.getTime() - unsealed.at.getTime()) / 1000)) : 0;
  return {
    state: findings.length > 0 ? "tampered" : lagSeconds > lagMaxSeconds ? "behind" : newest ? "verified" : "unchecked",
    lastSeal: last && { number: last.number, sealedAt: last.sealed_at.toISOString() },
    verifiedSeal: newest?.to_number ?? null,
    checkedAt: newest?.checked_at.toISOString() ?? null,
    wholeCheckedAt: whole?.checked_at.toISOString() ?? null,
    entriesChecked: checks.reduce((sum, { entries }) => sum + entries, 0),
    unsealed: unsealed.entries,
    lagSeconds,
    anchors: anchors.map(({ place, number, anchored_at }) => ({
      place,
      number,
      anchoredAt: anchored_at.toISOString(),
    })),
    findings: [...new Map(findings.map((finding) => [`${finding.kind} ${finding.place}`, finding])).values()],
  };
}
