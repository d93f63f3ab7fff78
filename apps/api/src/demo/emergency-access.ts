import type { Connection } from "@infirmary/db/client";
import { newId } from "../core/id.ts";
import { sealText } from "../core/sealed-text.ts";
import type { HistoryInput } from "./history.ts";
import type { History } from "./history-rows.ts";
import type { DemoPerson } from "./store.ts";

const hourMs = 3_600_000;
const accesses = [
  {
    patient: 162,
    hoursAgo: 5,
    code: "EMERGENCY",
    text: "Collapsed in the waiting room, no history at hand",
    review: null,
  },
  { patient: 171, hoursAgo: 27, code: "COVERING", text: "Covering for Dr. Smith this weekend", review: null },
  {
    patient: 180,
    hoursAgo: 120,
    code: "CONSULT",
    text: "Ward 3 asked for an opinion by telephone",
    review: "JUSTIFIED",
  },
] as const;

/** Records the doctor of the second site opened in an emergency: two wait for their review. Each leaves its audit entry. */
export async function insertEmergencyAccess(
  connection: Connection,
  {
    tenantId,
    now,
    patients,
    people,
    facilities,
    history,
    keys,
  }: Omit<HistoryInput, "orders"> & { history: Pick<History, "audits"> },
): Promise<void> {
  const doctor = people.find(({ username }) => username === "dr.chen");
  const reviewer = people.find(({ role }) => role === "admin");
  const facility = facilities.find(({ code }) => code === "RIVER");
  if (!doctor || !reviewer || !facility) throw new Error("The demo has no second site with a doctor.");
  for (const access of accesses) {
    const patientId = patients[access.patient]?.id;
    if (!patientId) throw new Error("The demo has no such patient.");
    const id = newId();
    const at = new Date(now.getTime() - access.hoursAgo * hourMs);
    await connection.query(
      `INSERT INTO break_glass (tenant_id, id, user_id, patient_id, facility_id, session_id, reason_code, reason_text_sealed, started_at, expires_at,
                                ended_at, review_due_at, review_outcome, reviewed_by_id, reviewed_at, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9::timestamptz + interval '1 hour', $9::timestamptz + interval '20 minutes',
               $9::timestamptz + interval '72 hours', $10, $11, $12, $13)`,
      [
        tenantId,
        id,
        doctor.id,
        patientId,
        facility.id,
        newId(),
        access.code,
        sealText(keys, { tenantId, table: "break_glass", id }, "reason_text_sealed", access.text),
        at,
        access.review,
        access.review ? reviewer.id : null,
        access.review ? new Date(at.getTime() + 26 * hourMs) : null,
        access.review ? 2 : 1,
      ],
    );
    const note = (person: DemoPerson, minutes: number, entry: { action: string; words?: string }) =>
      void history.audits.push({
        entity: "break-glass",
        entityId: id,
        patientId,
        ...entry,
        at: new Date(at.getTime() + minutes * 60_000),
        person,
        facilityId: facility.id,
      });
    note(doctor, 0, { action: "patient.break-glass", words: access.text });
    note(doctor, 1, { action: "patient.read" });
    note(doctor, 2, { action: "result.read" });
    if (access.review) note(reviewer, 26 * 60, { action: "break-glass.review" });
  }
}
