export { type CheckParts, checkLogs } from "./check/check-logs.ts";
export { ensureAuditEpoch } from "./ensure-epoch.ts";
export { ensureAuditPartitions } from "./ensure-partitions.ts";
export { auditRouter } from "./router.ts";
export { anchorFileOf, anchorsOf } from "./seal/anchor/anchors-of.ts";
export { startSealer } from "./seal/sealer.ts";
export { signerOf } from "./seal/statement.ts";
