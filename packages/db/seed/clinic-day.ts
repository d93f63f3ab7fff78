import { type Random, randomFrom } from "./random.ts";

/** Vital signs of a moment, in the units of the bedside. */
export type DemoVitals = {
  minutesAgo: number;
  systolic: number;
  diastolic: number;
  pulse: number;
  temperatureC: number;
  spo2: number;
  respiratoryRate: number;
  consciousness: "alert" | "confusion" | "voice" | "pain" | "unresponsive";
  onOxygen: boolean;
};
export type DemoDiagnosis = { code: string; title: string; rank: "primary" | "secondary" };

/** A visit of the demo; `patient` is the index in the list of patients, times are minutes before the seeding (negative: to come). */
export type DemoVisit = {
  patient: number;
  reason: string;
  scheduledAgo: number;
  status: "PLANNED" | "ARRIVED" | "TRIAGED" | "IN_CONSULT" | "COMPLETED" | "CANCELLED";
  arrivedAgo: number | null;
  consultAgo: number | null;
  completedAgo: number | null;
  cancelReason: string | null;
  vitals: DemoVitals[];
  diagnoses: DemoDiagnosis[];
  assessment: string | null;
  plan: string | null;
};
export type DemoAllergy = {
  patient: number;
  substance: string;
  severity: "mild" | "moderate" | "severe" | "unknown";
  reaction: string | null;
};
export type DemoProblem = { patient: number; code: string; title: string; onsetDate: string | null };

/** What everybody can look for: a good day, a feverish one, one that must not wait. */
type Condition = "well" | "feverish" | "sick";

const day = 24 * 60;

function vitals(random: Random, minutesAgo: number, condition: Condition): DemoVitals {
  const about = (mean: number, spread: number) => Math.round(random.normal(mean, spread));
  const base = { well: [126, 72, 15, 98, 36.7], feverish: [118, 98, 19, 96, 38.6], sick: [93, 122, 26, 91, 39.3] }[
    condition
  ] as [number, number, number, number, number];
  const systolic = about(base[0], condition === "well" ? 9 : 3);
  return {
    minutesAgo,
    systolic,
    diastolic: Math.min(systolic - 20, about(condition === "sick" ? 55 : 78, 5)),
    pulse: about(base[1], 4),
    respiratoryRate: about(base[2], 1),
    spo2: Math.min(100, about(base[3], 0.8)),
    temperatureC: Math.round((base[4] + random.normal(0, 0.15)) * 10) / 10,
    consciousness: "alert",
    onOxygen: condition === "sick",
  };
}

const hypertension = { code: "I10", title: "Essential (primary) hypertension" };
const kidney = { code: "N18.30", title: "Chronic kidney disease, stage 3 unspecified" };
const diabetes = { code: "E11.9", title: "Type 2 diabetes mellitus without complications" };
const anemia = { code: "D50.9", title: "Iron deficiency anemia, unspecified" };
const fibrillation = { code: "I48.91", title: "Unspecified atrial fibrillation" };
const failure = { code: "I50.9", title: "Heart failure, unspecified" };
const cold = { code: "J06.9", title: "Acute upper respiratory infection, unspecified" };
const back = { code: "M54.50", title: "Low back pain, unspecified" };

/** Who does not tolerate what; everybody else who has had a visit was asked and knows of none. */
export const demoAllergies: readonly DemoAllergy[] = [
  { patient: 0, substance: "Penicillin", severity: "severe", reaction: "Swelling of the face within minutes" },
  { patient: 0, substance: "Latex", severity: "mild", reaction: "Itching of the hands" },
  { patient: 3, substance: "Sulfamethoxazole", severity: "moderate", reaction: "Rash over the trunk" },
  { patient: 5, substance: "Iodinated contrast", severity: "moderate", reaction: "Hives" },
  { patient: 12, substance: "Peanut", severity: "severe", reaction: "Anaphylaxis in 2019" },
];

export const demoProblems: readonly DemoProblem[] = [
  { patient: 0, ...kidney, onsetDate: "2019-05-01" },
  { patient: 0, ...hypertension, onsetDate: "2008-02-01" },
  { patient: 1, ...diabetes, onsetDate: "2015-09-01" },
  { patient: 1, ...hypertension, onsetDate: null },
  { patient: 2, ...anemia, onsetDate: "2025-11-01" },
  { patient: 3, ...fibrillation, onsetDate: "2018-03-01" },
  { patient: 5, ...failure, onsetDate: "2021-01-01" },
];

/** The visits of the last weeks of the patients with a story, and a clinic in the middle of its day. */
export function demoVisits(): DemoVisit[] {
  const random = randomFrom(2_024);
  return [...earlierVisits(random), ...todaysVisits(random)];
}

function earlierVisits(random: Random): DemoVisit[] {
  const stories = [
    { patient: 0, reason: "Kidney clinic", ...kidney, times: [34, 20, 8] },
    { patient: 1, reason: "Diabetes review", ...diabetes, times: [29, 12] },
    { patient: 2, reason: "Tired since the birth", ...anemia, times: [24, 6] },
    { patient: 3, reason: "INR check", ...fibrillation, times: [28, 21, 14, 7] },
    { patient: 5, reason: "Short of breath on stairs", ...failure, times: [30, 16, 9] },
  ];
  return stories.flatMap(({ patient, reason, code, title, times }) =>
    times.map((daysAgo) => {
      const at = daysAgo * day + random.int(60, 300);
      return closed(random, { patient, reason, at, diagnosis: { code, title } });
    }),
  );
}

function closed(
  random: Random,
  visit: { patient: number; reason: string; at: number; diagnosis: { code: string; title: string } },
): DemoVisit {
  return {
    patient: visit.patient,
    reason: visit.reason,
    scheduledAgo: visit.at,
    status: "COMPLETED",
    arrivedAgo: visit.at + 6,
    consultAgo: visit.at - 18,
    completedAgo: visit.at - 36,
    cancelReason: null,
    vitals: [vitals(random, visit.at, "well")],
    diagnoses: [{ ...visit.diagnosis, rank: "primary" }],
    assessment: "Stable, no new complaints.",
    plan: "Continue treatment as before. Bloods before the next visit.",
  };
}

function todaysVisits(random: Random): DemoVisit[] {
  const here = (changes: Partial<DemoVisit> & Pick<DemoVisit, "patient" | "reason" | "status">): DemoVisit => ({
    scheduledAgo: 30,
    arrivedAgo: null,
    consultAgo: null,
    completedAgo: null,
    cancelReason: null,
    vitals: [],
    diagnoses: [],
    assessment: null,
    plan: null,
    ...changes,
  });
  return [
    closed(random, { patient: 20, reason: "Cough and runny nose", at: 190, diagnosis: cold }),
    closed(random, { patient: 31, reason: "Back pain after lifting", at: 165, diagnosis: back }),
    closed(random, { patient: 44, reason: "Blood pressure check", at: 140, diagnosis: hypertension }),
    here({
      patient: 4,
      reason: "Fever and confusion since the morning",
      status: "TRIAGED",
      scheduledAgo: 25,
      arrivedAgo: 27,
      vitals: [vitals(random, 16, "feverish"), { ...vitals(random, 4, "sick"), consciousness: "confusion" }],
    }),
    here({
      patient: 5,
      reason: "Ankles swollen, short of breath at night",
      status: "IN_CONSULT",
      scheduledAgo: 45,
      arrivedAgo: 52,
      consultAgo: 12,
      vitals: [vitals(random, 40, "well")],
      diagnoses: [{ ...failure, rank: "primary" }],
      assessment: "Decompensated heart failure, weight up by 3 kg in a week.",
    }),
    here({
      patient: 12,
      reason: "Sore throat",
      status: "TRIAGED",
      scheduledAgo: 20,
      arrivedAgo: 22,
      vitals: [vitals(random, 9, "feverish")],
    }),
    here({
      patient: 57,
      reason: "Repeat prescription and blood pressure",
      status: "ARRIVED",
      scheduledAgo: 35,
      arrivedAgo: 41,
    }),
    here({ patient: 63, reason: "Dizzy when standing up", status: "ARRIVED", scheduledAgo: 5, arrivedAgo: 8 }),
    here({ patient: 3, reason: "INR check", status: "PLANNED", scheduledAgo: -20 }),
    here({ patient: 70, reason: "Knee pain", status: "PLANNED", scheduledAgo: -45 }),
    here({ patient: 1, reason: "Diabetes review", status: "PLANNED", scheduledAgo: -75 }),
    here({
      patient: 81,
      reason: "Travel vaccination",
      status: "CANCELLED",
      scheduledAgo: 90,
      cancelReason: "Called off by phone, travels later",
    }),
  ];
}
