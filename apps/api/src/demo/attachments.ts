import { demoAttachments } from "@infirmary/db/seed";
import type { AuditInput } from "../core/audit.ts";
import type { Work } from "../core/unit-of-work.ts";
import { keepFile } from "../features/attachment/index.ts";
import type { DemoFacility, DemoPerson } from "./store.ts";

type Input = {
  now: Date;
  patients: readonly { id: string }[];
  people: readonly DemoPerson[];
  facilities: readonly DemoFacility[];
  note(person: DemoPerson, at: Date, facilityId: string, entry: AuditInput): void;
};

/** The ids and times of the files, and the audit entries they left. */
export function attachmentsOf({ now, patients, people, facilities, note }: Input) {
  const nurse = people.find(({ role }) => role === "nurse");
  const [facility] = facilities;
  if (!nurse || !facility) throw new Error("The demo has a nurse and a facility.");
  return demoAttachments.flatMap(({ patient, daysAgo, fileName, text }) => {
    const patientId = patients[patient]?.id;
    if (!patientId) return [];
    const at = new Date(now.getTime() - daysAgo * 86_400_000);
    note(nurse, at, facility.id, { action: "attachment.upload", entity: "attachment", patientId });
    return { patientId, facilityId: facility.id, uploadedById: nurse.id, at, fileName, bytes: Buffer.from(text) };
  });
}

export async function insertAttachments(work: Work, files: ReturnType<typeof attachmentsOf>): Promise<void> {
  for (const file of files) await keepFile(work, { ...file, encounterId: null, mediaType: "text/plain" });
}
