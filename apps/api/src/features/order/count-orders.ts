import type { Work } from "../../core/unit-of-work.ts";
import { countOrders } from "./list-store.ts";

/** Of the facility worked at, or wherever one's own were placed: how many orders are in each state; `stat` counts those still open, `critical` those waiting for review. */
export async function countsOfOrders({ connection, scope }: Work, { mine }: { mine: boolean }) {
  const rows = await countOrders(connection, {
    tenantId: scope.tenantId,
    orderedById: mine ? (scope.actor?.userId ?? null) : null,
    facilityId: mine ? null : (scope.actor?.facility.id ?? null),
  });
  const of = (status: string) => rows.find((row) => row.status === status);
  return {
    ORDERED: of("ORDERED")?.count ?? 0,
    IN_PROGRESS: of("IN_PROGRESS")?.count ?? 0,
    COMPLETED: of("COMPLETED")?.count ?? 0,
    REVIEWED: of("REVIEWED")?.count ?? 0,
    CANCELLED: of("CANCELLED")?.count ?? 0,
    stat: (of("ORDERED")?.stat ?? 0) + (of("IN_PROGRESS")?.stat ?? 0),
    critical: of("COMPLETED")?.critical ?? 0,
  };
}
