import type { Chronicle } from "./history.ts";
import type { DemoPerson } from "./store.ts";

const dayMs = 86_400_000;

/** Days ago, hour, which patient, how often: looks of somebody who does not care for the patient. */
const looks = [
  [1, 22, 12, 3],
  [2, 23, 12, 2],
  [5, 13, 47, 1],
  [9, 22, 88, 4],
  [10, 21, 88, 1],
  [16, 12, 131, 1],
  [23, 23, 9, 2],
] as const;
/** Days ago, login by role, how often a wrong password was given. */
const failures = [
  [0, "nurse", 1],
  [3, "lab_technician", 5],
  [8, "doctor", 2],
  [19, "billing_clerk", 1],
] as const;

/** What a privacy officer finds in a month of any hospital: looks without a reason in sight, forgotten passwords, an export. */
export function addLooks(chronicle: Chronicle, people: readonly DemoPerson[], facilityId: string): void {
  const { note, now, patients } = chronicle;
  const of = (role: string) => people.find((person) => person.role === role);
  const admin = of("admin");
  if (!admin) throw new Error("The demo has no administrator.");
  const at = (daysAgo: number, hour: number, minute: number) => {
    const day = new Date(now.getTime() - daysAgo * dayMs);
    day.setUTCHours(hour, minute, 0, 0);
    return new Date(Math.min(day.getTime(), now.getTime() - 60_000));
  };
  for (const [daysAgo, hour, index, times] of looks) {
    const patient = patients[index % patients.length];
    if (!patient) continue;
    for (let n = 0; n < times; n++)
      note(admin, at(daysAgo, hour, 4 + 9 * n), facilityId, {
        action: "patient.read",
        entity: "patient",
        entityId: patient.id,
        patientId: patient.id,
      });
  }
  for (const [daysAgo, role, times] of failures) {
    const person = of(role);
    if (!person) continue;
    for (let n = 0; n < times; n++)
      note(person, at(daysAgo, 6, 50 + n), facilityId, {
        action: "auth.sign-in",
        entity: "user",
        entityId: person.id,
        outcome: "failed",
        reason: "wrong password",
      });
  }
  note(admin, at(4, 15, 20), facilityId, {
    action: "audit.export",
    entity: "audit",
    after: { filter: {}, rows: 1482 },
  });
}
