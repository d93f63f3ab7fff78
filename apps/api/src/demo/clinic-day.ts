import { type DemoVisit, type DemoVitals, demoAllergies, demoProblems, demoVisits } from "@infirmary/db/seed";
import { earlyWarningOf } from "@infirmary/shared/vitals";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { sealText } from "../core/sealed-text.ts";
import type { ClinicDay, NoteDeed, VisitRow, VitalsRow } from "./clinic-day-rows.ts";
import type { DemoFacility, DemoPerson } from "./store.ts";

type Input = {
  tenantId: string;
  now: Date;
  keys: Platform["keys"];
  patients: readonly { id: string; dateOfBirth: string }[];
  people: readonly DemoPerson[];
  facilities: readonly DemoFacility[];
  note: NoteDeed;
};

/** Nothing of the demo was planned later than this before it was loaded. */
const leadMinutes = 100;

/** The rows that the visits of the last weeks, and of this morning, would have left. */
export function clinicDayOf(input: Input): ClinicDay {
  const { tenantId, now, keys, note } = input;
  const person = (role: string) => {
    const found = input.people.find((candidate) => candidate.role === role);
    if (!found) throw new Error(`The demo has no ${role}.`);
    return found;
  };
  const [doctor, nurse] = [person("doctor"), person("nurse")];
  const [main] = input.facilities;
  if (!main) throw new Error("The demo has no facility.");
  const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
  const patientAt = (index: number) => {
    const found = input.patients[index];
    if (!found) throw new Error("A visit names a patient that the demo has not.");
    return found;
  };
  const rows: ClinicDay = {
    visits: [],
    vitals: [],
    diagnoses: [],
    allergies: [],
    problems: [],
    profiles: [],
    events: [],
  };

  const addVisit = (visit: DemoVisit) => {
    const patient = patientAt(visit.patient);
    const createdAt = before(Math.max(visit.scheduledAgo + 60, leadMinutes));
    const id = newId(createdAt.getTime());
    const sealed = (column: string, text: string | null) =>
      sealText(keys, { tenantId, table: "encounter", id }, column, text)?.toString("base64") ?? null;
    const taken = visit.vitals.map((signs) => toVitals(signs, { id, patient, nurse, before }));
    const latest = taken.at(-1);
    const at = {
      arrived: visit.arrivedAgo === null ? null : before(visit.arrivedAgo),
      triaged: taken[0]?.takenAt ?? null,
      consult: visit.consultAgo === null ? null : before(visit.consultAgo),
      completed: visit.completedAgo === null ? null : before(visit.completedAgo),
    };
    const row: VisitRow = {
      id,
      facilityId: main.id,
      patientId: patient.id,
      providerId: doctor.id,
      status: visit.status,
      reasonSealed: sealed("reason_sealed", visit.reason) ?? "",
      scheduledAt: before(visit.scheduledAgo),
      arrivedAt: at.arrived,
      triagedAt: at.triaged,
      consultStartedAt: at.consult,
      completedAt: at.completed,
      cancelledAt: visit.status === "CANCELLED" ? before(visit.scheduledAgo + 30) : null,
      cancelReasonSealed: sealed("cancel_reason_sealed", visit.cancelReason),
      assessmentSealed: sealed("assessment_sealed", visit.assessment),
      planSealed: sealed("plan_sealed", visit.plan),
      scoreKind: latest?.scoreKind ?? null,
      score: latest?.score ?? null,
      scoreRisk: latest?.scoreRisk ?? null,
      scoreMissing: latest?.scoreMissing ?? [],
      createdById: nurse.id,
      createdAt,
    };
    rows.visits.push(row);
    rows.vitals.push(...taken);
    rows.diagnoses.push(
      ...visit.diagnoses.map((diagnosis) => ({
        ...diagnosis,
        id: newId(),
        encounterId: id,
        patientId: patient.id,
        recordedById: doctor.id,
        recordedAt: at.consult ?? now,
      })),
    );
    const step = (
      who: DemoPerson,
      when: Date | null,
      action: string,
      detail: { name: string; detail: object | null },
    ) => {
      if (!when) return;
      note(who, when, main.id, { action, entity: "encounter", entityId: id, patientId: patient.id });
      rows.events.push({
        id: newId(when.getTime()),
        at: when,
        actorId: who.id,
        patientId: patient.id,
        encounterId: id,
        ...detail,
      });
    };
    const moved = (from: string, to: string) => ({ name: "encounter.changed", detail: { from, to } });
    step(nurse, row.createdAt, "encounter.create", { name: "encounter.created", detail: null });
    step(nurse, at.arrived, "encounter.check-in", moved("PLANNED", "ARRIVED"));
    for (const signs of taken)
      step(nurse, signs.takenAt, "vitals.record", {
        name: "vitals.recorded",
        detail: { kind: signs.scoreKind, score: signs.score, risk: signs.scoreRisk },
      });
    step(doctor, at.consult, "encounter.start-consult", moved("TRIAGED", "IN_CONSULT"));
    for (const { code, rank } of visit.diagnoses)
      step(doctor, at.consult, "diagnosis.add", { name: "diagnosis.added", detail: { code, rank } });
    step(doctor, at.completed, "encounter.close", moved("IN_CONSULT", "COMPLETED"));
    step(nurse, row.cancelledAt, "encounter.cancel", moved("PLANNED", "CANCELLED"));
  };

  for (const visit of demoVisits()) addVisit(visit);
  const recordedAt = before(35 * 24 * 60);
  for (const allergy of demoAllergies) {
    const id = newId();
    const patientId = patientAt(allergy.patient).id;
    const reaction = sealText(keys, { tenantId, table: "allergy", id }, "reaction_sealed", allergy.reaction);
    rows.allergies.push({
      id,
      patientId,
      substance: allergy.substance,
      severity: allergy.severity,
      reactionSealed: reaction?.toString("base64") ?? null,
      recordedById: nurse.id,
      recordedAt,
    });
  }
  for (const problem of demoProblems)
    rows.problems.push({
      ...problem,
      id: newId(),
      patientId: patientAt(problem.patient).id,
      recordedById: doctor.id,
      recordedAt,
    });
  rows.profiles.push(...profilesOf(rows, nurse.id, recordedAt));
  return rows;
}

/** Whoever has finished a visit was asked about allergies; whoever is still waiting was not. */
function profilesOf(rows: ClinicDay, askedById: string, askedAt: Date) {
  const listed = new Set(rows.allergies.map(({ patientId }) => patientId));
  const asked = rows.visits.filter(({ status }) => status === "COMPLETED").map(({ patientId }) => patientId);
  return [...new Set([...listed, ...asked])].map((patientId) => ({
    patientId,
    allergyStatus: listed.has(patientId) ? "LISTED" : "NONE_KNOWN",
    askedById,
    askedAt,
  }));
}

function toVitals(
  signs: DemoVitals,
  about: {
    id: string;
    patient: { id: string; dateOfBirth: string };
    nurse: DemoPerson;
    before: (minutes: number) => Date;
  },
): VitalsRow {
  const takenAt = about.before(signs.minutesAgo);
  const warning = earlyWarningOf(
    {
      ...signs,
      bloodPressureSystolic: signs.systolic,
      temperature: signs.temperatureC,
      spo2Scale: 1,
      oxygenFlow: signs.onOxygen ? 2 : null,
      capillaryRefillSeconds: null,
      respiratoryEffort: null,
    },
    { dateOfBirth: about.patient.dateOfBirth, today: takenAt.toISOString().slice(0, 10) },
  );
  return {
    ...signs,
    id: newId(takenAt.getTime()),
    encounterId: about.id,
    patientId: about.patient.id,
    temperatureEntered: `${signs.temperatureC} °C`,
    oxygenFlow: signs.onOxygen ? 2 : null,
    scoreKind: warning.kind,
    score: warning.score,
    scoreRisk: warning.risk,
    scoreMissing: warning.missing,
    takenAt,
    recordedById: about.nurse.id,
  };
}
