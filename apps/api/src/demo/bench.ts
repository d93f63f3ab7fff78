import type { Connection } from "@infirmary/db/client";
import { demoValues, randomFrom } from "@infirmary/db/seed";
import { newId } from "../core/id.ts";
import type { HistoryOrder } from "./history-rows.ts";
import type { DemoPerson } from "./store.ts";

const minuteMs = 60_000;
const ordersMax = 6;

/** Values at the bench: some wait for a second person, some for their release. */
export async function insertBench(
  connection: Connection,
  {
    tenantId,
    now,
    orders,
    people,
  }: { tenantId: string; now: Date; orders: readonly HistoryOrder[]; people: readonly DemoPerson[] },
): Promise<void> {
  const [first, second] = people.filter(({ role }) => role === "lab_technician");
  if (!first || !second) throw new Error("The demo needs two technicians.");
  const random = randomFrom(61);
  const open = orders
    .filter(({ status, filings }) => status === "IN_PROGRESS" && filings.length === 0)
    .slice(0, ordersMax);
  const rows = open.flatMap((order, index) =>
    demoValues(random, order.testCode, { shift: index % 2 === 0 ? 3.2 : 0 }).map((value) => ({
      id: newId(),
      orderId: order.id,
      patientId: order.patientId,
      code: value.code,
      panelCode: order.testCode,
      value: value.value,
      unit: value.unit || null,
      range: value.range || null,
      flag: value.flag,
      enteredById: second.id,
      enteredAt: new Date(now.getTime() - (6 + index) * minuteMs),
      verifiedById: index % 3 === 1 ? first.id : null,
    })),
  );
  await connection.query(
    `INSERT INTO lab_result (tenant_id, id, order_item_id, order_id, patient_id, code, panel_code, value, unit, reference_range, flag, entered_by_id, entered_at, status)
     SELECT $1, r.id, i.id, r."orderId", r."patientId", r.code, r."panelCode", r.value, r.unit, r.range, r.flag, r."enteredById", r."enteredAt", 'ENTERED'
       FROM jsonb_to_recordset($2) r (id uuid, "orderId" uuid, "patientId" uuid, code text, "panelCode" text, value text, unit text, range text, flag text, "enteredById" uuid, "enteredAt" timestamptz)
       JOIN order_item i ON i.tenant_id = $1 AND i.order_id = r."orderId" AND i.test_code = r.code`,
    [tenantId, JSON.stringify(rows)],
  );
  await connection.query(
    "UPDATE lab_result SET status = 'VERIFIED', verified_by_id = $3, verified_at = $4, version = 2 WHERE tenant_id = $1 AND id = ANY ($2::uuid[])",
    [
      tenantId,
      rows.filter(({ verifiedById }) => verifiedById).map(({ id }) => id),
      first.id,
      new Date(now.getTime() - 2 * minuteMs),
    ],
  );
}
