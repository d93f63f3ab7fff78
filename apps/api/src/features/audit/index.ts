export { auditStatus } from "./check/audit-status.ts";
export { type CheckParts, checkLogs } from "./check/check-logs.ts";
export { ensureAuditEpoch } from "./ensure-epoch.ts";
export { ensureAuditPartitions } from "./ensure-partitions.ts";
export { retireMonths } from "./retention/retire-months.ts";
export { auditRouter } from "./router.ts";
export { anchorFileOf, anchorsOf } from "./seal/anchor/anchors-of.ts";
export { startSealer } from "./seal/sealer.ts";
export { type Signer, signerOf } from "./seal/statement.ts";
