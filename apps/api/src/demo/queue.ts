import type { Connection } from "@infirmary/db/client";
import { demoQueue, demoServicePoints } from "@infirmary/db/seed";
import { dayAt } from "@infirmary/shared/appointment";
import { newId } from "../core/id.ts";
import type { VisitRow } from "./clinic-day-rows.ts";
import type { DemoFacility } from "./store.ts";

type Input = {
  tenantId: string;
  now: Date;
  facility: DemoFacility;
  patients: readonly { id: string }[];
  visits: readonly VisitRow[];
};

/** Service points, and the queue that today's arrivals have left: numbers in the order of arrival. */
export async function insertQueue(connection: Connection, { tenantId, now, facility, patients, visits }: Input) {
  const points = demoServicePoints.map((point) => ({ ...point, id: newId() }));
  const insert = (text: string, values: readonly object[]) =>
    connection.query(text, [tenantId, JSON.stringify(values), facility.id]);
  await insert(
    "INSERT INTO service_point (tenant_id, id, facility_id, code, name) SELECT $1, id, $3, code, name FROM jsonb_to_recordset($2) r (id uuid, code text, name text)",
    points,
  );
  const day = dayAt(now, facility.timeZone);
  const entries = visits
    .flatMap((visit) =>
      visit.arrivedAt && now.getTime() - visit.arrivedAt.getTime() < 300 * 60_000
        ? [{ visit, arrivedAt: visit.arrivedAt }]
        : [],
    )
    .sort((a, b) => a.arrivedAt.getTime() - b.arrivedAt.getTime())
    .map(({ visit, arrivedAt }, index) => {
      const own = demoQueue.find(({ patient }) => patients[patient]?.id === visit.patientId);
      const isOpen = visit.status === "ARRIVED" || visit.status === "TRIAGED";
      return {
        id: newId(arrivedAt.getTime()),
        encounterId: visit.id,
        patientId: visit.patientId,
        pointId: points.find(({ code }) => code === own?.point)?.id ?? null,
        ticket: `A${String(index + 1).padStart(3, "0")}`,
        priority: own?.priority ?? "ROUTINE",
        status: isOpen ? (own?.isCalled ? "CALLED" : "WAITING") : "SERVED",
        waitingSince: arrivedAt,
        calledAt: isOpen && own?.isCalled ? new Date(now.getTime() - 60_000) : null,
      };
    });
  await insert(
    `INSERT INTO queue_entry (tenant_id, facility_id, id, encounter_id, patient_id, service_point_id, ticket, day, priority, status, waiting_since, called_at)
     SELECT $1, $3, id, "encounterId", "patientId", "pointId", ticket, '${day}'::date, priority, status, "waitingSince", "calledAt"
       FROM jsonb_to_recordset($2) r (id uuid, "encounterId" uuid, "patientId" uuid, "pointId" uuid, ticket text, priority text, status text, "waitingSince" timestamptz, "calledAt" timestamptz)`,
    entries,
  );
  await connection.query("INSERT INTO queue_counter (tenant_id, facility_id, day, last) VALUES ($1, $2, $3, $4)", [
    tenantId,
    facility.id,
    day,
    entries.length,
  ]);
}
