import type { DemoVisit } from "./clinic-day.ts";

/** The texts of a document by the keys of its template, before and after an amendment where there was one. */
export type DemoNote = { sections: Record<string, string>; amended: { reason: string; assessment: string } | null };

/** The note a doctor would have written in a visit; null where none is written yet. */
export function demoNote(visit: DemoVisit): DemoNote | null {
  if (visit.status !== "COMPLETED" && visit.status !== "IN_CONSULT") return null;
  const signs = visit.vitals.at(-1);
  const objective = signs
    ? `BP ${signs.systolic}/${signs.diastolic} mmHg, pulse ${signs.pulse}/min, ${signs.temperatureC} °C, SpO₂ ${signs.spo2} %, RR ${signs.respiratoryRate}/min.`
    : "No vital signs taken.";
  const diagnoses = visit.diagnoses.map(({ title }) => title).join("; ");
  const isOpen = visit.status === "IN_CONSULT";
  const assessment = [diagnoses, visit.assessment].filter(Boolean).join(". ");
  return {
    sections: {
      subjective: `${visit.reason}. ${isOpen ? "Worse over the last week, sleeps on three pillows." : "Feels as before, takes the medicines."}`,
      objective,
      assessment,
      ...(visit.plan ? { plan: visit.plan } : {}),
    },
    amended:
      visit.reason === "Back pain after lifting"
        ? {
            reason: "Straight leg raise was left out",
            assessment: `${assessment} Straight leg raise negative on both sides, no red flags.`,
          }
        : null,
  };
}

/** A letter besides the visits, finished but for the signature; `patient` is the index in the list of patients. */
export const demoReferral = {
  patient: 0,
  sections: {
    recipient: "Nephrology, outpatient department",
    question: "Chronic kidney disease, creatinine rising over a month. Please see within two weeks.",
    history: "CKD stage 3 since 2019, hypertension. Ibuprofen stopped, spironolactone halved.",
    treatment: "Ramipril 5 mg once a day, spironolactone 12.5 mg once a day.",
  },
};
