import { type EarlyWarning, earlyWarningOf, type News2Points } from "@infirmary/shared/vitals";
import { celsiusTyped, numberOf, type VitalsDraft } from "./vitals-draft.ts";

export type LiveScore = EarlyWarning & {
  points: News2Points | null;
  /** How many of the measured values are still to come; the sum can only grow. */
  open: number;
};

/** Values that score nothing, in place of those not typed yet. */
const harmless = { respiratoryRate: 16, systolic: 120, pulse: 70, temperature: 37 };

/**
 * The score as it builds up while values are typed: what is not there yet counts nothing. For a child, whose harmless values change
 * with the age, only once everything is typed.
 */
export function liveScore(
  draft: VitalsDraft,
  person: { dateOfBirth: string; today: string; isChild: boolean; spo2Scale: 1 | 2 },
): LiveScore | null {
  const typed = {
    respiratoryRate: numberOf(draft.respiratoryRate),
    spo2: numberOf(draft.spo2),
    bloodPressureSystolic: numberOf(draft.bloodPressureSystolic),
    pulse: numberOf(draft.pulse),
    temperature: celsiusTyped(draft),
  };
  const open = Object.values(typed).filter((value) => value === null).length;
  if (open === Object.keys(typed).length || (person.isChild && open > 0)) return null;
  const warning = earlyWarningOf(
    {
      respiratoryRate: typed.respiratoryRate ?? harmless.respiratoryRate,
      spo2: typed.spo2 ?? (person.spo2Scale === 2 ? 90 : 98),
      spo2Scale: person.spo2Scale,
      onOxygen: draft.onOxygen,
      oxygenFlow: draft.onOxygen ? numberOf(draft.oxygenFlow) : null,
      bloodPressureSystolic: typed.bloodPressureSystolic ?? harmless.systolic,
      pulse: typed.pulse ?? harmless.pulse,
      consciousness: draft.consciousness,
      temperature: typed.temperature ?? harmless.temperature,
      capillaryRefillSeconds: numberOf(draft.capillaryRefillSeconds),
      respiratoryEffort: draft.respiratoryEffort || null,
    },
    person,
  );
  return { ...warning, open };
}
