import type { Page } from "@infirmary/shared/core";
import type { Order, OrderList } from "@infirmary/shared/order";
import { z } from "zod";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listOrderRows, sortKeysOf } from "./list-store.ts";
import { toOrders } from "./order.ts";

const flag = z.union([z.literal(0), z.literal(1)]);
const keysOf = {
  newest: z.strictObject({ ordered_at_exact: exactTime, id: z.uuid() }),
  oldest: z.strictObject({ ordered_at_exact: exactTime, id: z.uuid() }),
  worklist: z.strictObject({ urgency: z.int().min(1).max(3), ordered_at_exact: exactTime, id: z.uuid() }),
  review: z.strictObject({ hasCritical: flag, hasAbnormal: flag, resultAt: exactTime, id: z.uuid() }),
} as const;

/**
 * A page of orders: those of the facility worked at, of one patient in scope wherever they were placed, or one's own wherever they were
 * placed, so that no result waits unseen at the other facility. The patients shown stand in the audit entry.
 */
export async function listOrders(
  work: Work,
  { limit, cursor, sort, status, mine, q, patientId, priority }: OrderList,
): Promise<Page<Order>> {
  const { connection, scope, audit } = work;
  const after = decodeCursor(cursor, keysOf[sort]);
  const filter = {
    tenantId: scope.tenantId,
    patientId,
    statuses: status === undefined ? [] : [status].flat(),
    priority,
    orderedById: mine ? scope.actor?.userId : undefined,
    facilityId: mine || patientId ? undefined : scope.actor?.facility.id,
    q: q?.trim() || undefined,
  };
  const rows = await listOrderRows(connection, { filter, sort, after, limit: limit + 1 });
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    (row) => sortKeysOf(sort, row),
  );
  const items = toOrders(work, page.items);
  const patientIds = [...new Set(items.map((order) => order.patientId))];
  if (patientIds.length > 0)
    audit({ action: "order.list", entity: "order", patientId: patientId ?? null, after: { patientIds } });
  return { ...page, items };
}
