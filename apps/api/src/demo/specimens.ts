import type { Connection } from "@infirmary/db/client";
import { barcodeFromSequence } from "@infirmary/shared/specimen";
import { newId } from "../core/id.ts";
import type { HistoryOrder } from "./history-rows.ts";
import type { DemoPerson } from "./store.ts";

const recentMs = 2 * 86_400_000;
const minuteMs = 60_000;

type Tube = {
  id: string;
  orderId: string;
  facilityId: string;
  patientId: string;
  barcode: string;
  status: string;
  testCode: string;
  collectedAt: Date;
  receivedAt: Date | null;
  rejectedAt: Date | null;
  reason: string | null;
  place: string | null;
};

/** The tubes of the last two days: on their way, in the laboratory, put away, one turned away. */
export async function insertSpecimens(
  connection: Connection,
  {
    tenantId,
    now,
    orders,
    people,
  }: { tenantId: string; now: Date; orders: readonly HistoryOrder[]; people: readonly DemoPerson[] },
): Promise<void> {
  const by = (role: string) => people.find((person) => person.role === role)?.id ?? null;
  const [nurse, technician] = [by("nurse"), by("lab_technician")];
  const wanted = orders.filter(
    ({ status, sample, orderedAt }) =>
      status !== "CANCELLED" && sample === null && now.getTime() - orderedAt.getTime() < recentMs,
  );
  const tubes = wanted.flatMap((order, index): Tube[] => {
    const waits = order.status === "ORDERED";
    // Every third order is still to be collected.
    if (waits && index % 3 === 0) return [];
    const at = (minutes: number) =>
      new Date(Math.min(order.orderedAt.getTime() + minutes * minuteMs, now.getTime() - minuteMs));
    const isRejected = waits && index % 7 === 1;
    const isStored = order.status === "REVIEWED";
    return [
      {
        id: newId(at(5).getTime()),
        orderId: order.id,
        facilityId: order.facilityId,
        patientId: order.patientId,
        barcode: barcodeFromSequence(index + 1),
        status: isRejected ? "REJECTED" : waits ? "COLLECTED" : isStored ? "STORED" : "RECEIVED",
        testCode: order.testCode,
        collectedAt: at(3),
        receivedAt: waits ? null : at(8),
        rejectedAt: isRejected ? at(10) : null,
        reason: isRejected ? "HEMOLYZED" : null,
        place: isStored ? `Fridge 2, ${"ABCDEF"[index % 6]}${1 + (index % 12)}` : null,
      },
    ];
  });
  const steps = tubes.flatMap((tube) => {
    const step = (kind: string, at: Date | null, byId: string | null, detail: string | null = null) =>
      at
        ? [
            {
              id: newId(at.getTime()),
              specimenId: tube.id,
              patientId: tube.patientId,
              kind,
              at,
              byId,
              detail,
              byScan: kind === "RECEIVED",
            },
          ]
        : [];
    return [
      ...step("COLLECTED", tube.collectedAt, nurse),
      ...step("LABELLED", tube.collectedAt, nurse),
      ...step("RECEIVED", tube.receivedAt, technician),
      ...step("REJECTED", tube.rejectedAt, technician, tube.reason),
      ...step("STORED", tube.place ? tube.receivedAt : null, technician, tube.place),
    ];
  });
  const insert = (text: string, rows: readonly object[], ...more: unknown[]) =>
    connection.query(text, [tenantId, JSON.stringify(rows), ...more]);
  await insert(
    `INSERT INTO specimen (tenant_id, id, facility_id, patient_id, barcode, specimen_type, container_type, status, collected_at, collected_by_id, received_at, rejected_at, reject_reason, place)
     SELECT $1, r.id, "facilityId", "patientId", barcode, t.specimen_type, t.container_type, status, "collectedAt", $3, "receivedAt", "rejectedAt", reason, place
       FROM jsonb_to_recordset($2) r (id uuid, "facilityId" uuid, "patientId" uuid, barcode text, status text, "testCode" text, "collectedAt" timestamptz, "receivedAt" timestamptz,
         "rejectedAt" timestamptz, reason text, place text)
       LEFT JOIN lab_test t ON t.tenant_id = $1 AND t.code = r."testCode"`,
    tubes,
    nurse,
  );
  await insert(
    `INSERT INTO specimen_order (tenant_id, specimen_id, order_id, patient_id)
     SELECT $1, id, "orderId", "patientId" FROM jsonb_to_recordset($2) r (id uuid, "orderId" uuid, "patientId" uuid)`,
    tubes,
  );
  await insert(
    `INSERT INTO specimen_event (tenant_id, id, specimen_id, patient_id, kind, at, recorded_at, by_id, by_scan, detail)
     SELECT $1, id, "specimenId", "patientId", kind, at, at, "byId", "byScan", detail
       FROM jsonb_to_recordset($2) r (id uuid, "specimenId" uuid, "patientId" uuid, kind text, at timestamptz, "byId" uuid, "byScan" boolean, detail text)`,
    steps,
  );
  await connection.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'specimen', $2)", [
    tenantId,
    wanted.length + 1,
  ]);
}
