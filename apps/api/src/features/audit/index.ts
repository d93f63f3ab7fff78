export { ensureAuditPartitions } from "./ensure-partitions.ts";
export { auditRouter } from "./router.ts";
