import type { Connection } from "@infirmary/db/client";
import type { OrderList, OrderStatus } from "@infirmary/shared/order";
import { type OrderRow, selectOrders } from "./store.ts";

/** What a list sorts by: the expression of each key, its direction, and the column that holds it in a row. */
const sorts = {
  newest: [
    ["o.ordered_at", "DESC", "ordered_at_exact", "timestamptz"],
    ["o.id", "DESC", "id", "uuid"],
  ],
  oldest: [
    ["o.ordered_at", "ASC", "ordered_at_exact", "timestamptz"],
    ["o.id", "ASC", "id", "uuid"],
  ],
  worklist: [
    ["o.urgency", "ASC", "urgency", "int"],
    ["o.ordered_at", "ASC", "ordered_at_exact", "timestamptz"],
    ["o.id", "ASC", "id", "uuid"],
  ],
  review: [
    ["least(o.critical_count, 1)", "DESC", "hasCritical", "int"],
    ["least(o.abnormal_count, 1)", "DESC", "hasAbnormal", "int"],
    ["COALESCE(o.completed_at, o.ordered_at)", "ASC", "resultAt", "timestamptz"],
    ["o.id", "ASC", "id", "uuid"],
  ],
} as const satisfies Record<
  OrderList["sort"],
  readonly (readonly [expression: string, direction: "ASC" | "DESC", key: string, type: string])[]
>;

/** The values of the sort keys of a row, for a cursor. */
export function sortKeysOf(sort: OrderList["sort"], row: OrderRow): Record<string, string | number> {
  const values = {
    id: row.id,
    urgency: row.urgency,
    ordered_at_exact: row.ordered_at_exact,
    hasCritical: Math.min(row.critical_count, 1),
    hasAbnormal: Math.min(row.abnormal_count, 1),
    resultAt: row.completed_at_exact ?? row.ordered_at_exact,
  };
  return Object.fromEntries(sorts[sort].map(([, , key]) => [key, values[key]]));
}

export type OrderFilter = {
  tenantId: string;
  patientId?: string | undefined;
  statuses: OrderStatus[];
  priority?: string | undefined;
  orderedById?: string | undefined;
  /** Orders placed at this facility. */
  facilityId?: string | undefined;
  q?: string | undefined;
};

/** The order's patient was not removed: the few that were are looked up once. */
const isOfPresentPatient =
  "NOT o.patient_id = ANY (ARRAY(SELECT d.id FROM patient d WHERE d.tenant_id = $1 AND d.deleted_at IS NOT NULL))";

/**
 * Orders of a list's filter from a cursor's keys on. Each combination of filters is a prepared statement of its own; the limit stands
 * in it as a number, because a plan made for an unknown limit would sort where it should walk an index.
 */
export async function listOrderRows(
  connection: Connection,
  {
    filter,
    sort,
    after,
    limit,
  }: { filter: OrderFilter; sort: OrderList["sort"]; after: Record<string, string | number> | null; limit: number },
): Promise<OrderRow[]> {
  const values: unknown[] = [filter.tenantId];
  const param = (value: unknown) => `$${values.push(value)}`;
  const where = ["o.tenant_id = $1", "o.kind = 'LAB'", isOfPresentPatient];
  if (filter.patientId) where.push(`o.patient_id = ${param(filter.patientId)}`);
  if (filter.statuses.length === 1) where.push(`o.status = ${param(filter.statuses[0])}`);
  if (filter.statuses.length > 1) where.push(`o.status = ANY (${param(filter.statuses)}::text[])`);
  if (filter.priority) where.push(`o.priority = ${param(filter.priority)}`);
  if (filter.orderedById) where.push(`o.ordered_by_id = ${param(filter.orderedById)}`);
  if (filter.facilityId) where.push(`o.facility_id = ${param(filter.facilityId)}`);
  if (filter.q)
    where.push(
      `o.order_number || ' ' || o.test_code || ' ' || o.test_name ILIKE ${param(`%${filter.q.replace(/[\\%_]/g, "\\$&")}%`)}`,
    );
  if (after) where.push(afterKeys(sort, after, param));
  const order = sorts[sort].map(([expression, direction]) => `${expression} ${direction}`).join(", ");
  const page = `(SELECT o.* FROM service_order o WHERE ${where.join(" AND ")} ORDER BY ${order} LIMIT ${Math.trunc(limit)})`;
  const text = `${selectOrders(page)} ORDER BY ${order}`;
  const { rows } = await connection.query<OrderRow>({ name: nameOf(text), text, values });
  return rows;
}

/** (a, b, c) after (x, y, z) where the keys may run in different directions. */
function afterKeys(
  sort: OrderList["sort"],
  after: Record<string, string | number>,
  param: (value: unknown) => string,
): string {
  const keys = sorts[sort];
  const typed = keys.map(([, , key, type]) => `${param(after[key])}::${type}`);
  if (keys.every(([, direction]) => direction === keys[0][1])) {
    return `(${keys.map(([expression]) => expression).join(", ")}) ${keys[0][1] === "ASC" ? ">" : "<"} (${typed.join(", ")})`;
  }
  const steps = keys.map(([expression, direction], index) => {
    const equal = keys.slice(0, index).map(([previous], at) => `${previous} = ${typed[at]}`);
    return `(${[...equal, `${expression} ${direction === "ASC" ? ">" : "<"} ${typed[index]}`].join(" AND ")})`;
  });
  return `(${steps.join(" OR ")})`;
}

const names = new Map<string, string>();

/** Statements differ only by which filters are set: a few dozen in all, so each keeps its plan. */
function nameOf(text: string): string {
  const name = names.get(text) ?? `orders${names.size}`;
  names.set(text, name);
  return name;
}

/** How many of a facility's or person's orders are in each state, how many open ones are STAT, how many to review are critical. */
export async function countOrders(
  connection: Connection,
  { tenantId, orderedById, facilityId }: { tenantId: string; orderedById: string | null; facilityId: string | null },
): Promise<{ status: OrderStatus; count: number; stat: number; critical: number }[]> {
  const { rows } = await connection.query<{ status: OrderStatus; count: number; stat: number; critical: number }>({
    name: "order-counts",
    text: `SELECT status, count(*)::int AS count, (count(*) FILTER (WHERE priority = 'STAT'))::int AS stat, (count(*) FILTER (WHERE critical_count > 0))::int AS critical
             FROM service_order o WHERE tenant_id = $1 AND kind = 'LAB' AND ($2::uuid IS NULL OR ordered_by_id = $2) AND ($3::uuid IS NULL OR facility_id = $3)
              AND ${isOfPresentPatient} GROUP BY status`,
    values: [tenantId, orderedById, facilityId],
  });
  return rows;
}

/** Tests a facility completed between two days (inclusive), by test. */
export async function countVolume(
  connection: Connection,
  {
    tenantId,
    facilityId,
    from,
    to,
    timeZone,
  }: { tenantId: string; facilityId: string; from: string; to: string; timeZone: string },
) {
  const { rows } = await connection.query<{ testCode: string; testName: string; completed: number; stat: number }>(
    `SELECT test_code AS "testCode", max(test_name) AS "testName", count(*)::int AS completed, (count(*) FILTER (WHERE priority = 'STAT'))::int AS stat
       FROM service_order
      WHERE tenant_id = $1 AND facility_id = $5 AND kind = 'LAB' AND completed_at >= $2::date::timestamp AT TIME ZONE $4 AND completed_at < ($3::date + 1)::timestamp AT TIME ZONE $4
      GROUP BY test_code ORDER BY completed DESC, test_code`,
    [tenantId, from, to, timeZone, facilityId],
  );
  return rows;
}
