import type { Risk } from "./early-warning.ts";
import type { Consciousness } from "./vitals.ts";

export type News2Input = {
  respiratoryRate: number;
  spo2: number;
  /** 2 only where a qualified clinician prescribed a target of 88 to 92 % (hypercapnic respiratory failure). */
  spo2Scale: 1 | 2;
  onOxygen: boolean;
  bloodPressureSystolic: number;
  pulse: number;
  consciousness: Consciousness;
  /** °C. */
  temperature: number;
};

/** Points of each parameter, in the order of the chart. */
export type News2Points = Record<
  "respiratoryRate" | "spo2" | "oxygen" | "bloodPressureSystolic" | "pulse" | "consciousness" | "temperature",
  0 | 1 | 2 | 3
>;
export type News2 = { score: number; risk: Risk; points: News2Points };

/** Points by steps of "up to and including"; the last stands for everything above. */
type Steps = readonly (readonly [upTo: number, points: 0 | 1 | 2 | 3])[];
const pointsIn = (steps: Steps, value: number) => steps.find(([upTo]) => value <= upTo)?.[1] ?? 0;
const more = Number.POSITIVE_INFINITY;

const respiratoryRate: Steps = [
  [8, 3],
  [11, 1],
  [20, 0],
  [24, 2],
  [more, 3],
];
const spo2Scale1: Steps = [
  [91, 3],
  [93, 2],
  [95, 1],
  [more, 0],
];
const spo2Scale2OnAir: Steps = [
  [83, 3],
  [85, 2],
  [87, 1],
  [more, 0],
];
const spo2Scale2OnOxygen: Steps = [
  [83, 3],
  [85, 2],
  [87, 1],
  [92, 0],
  [94, 1],
  [96, 2],
  [more, 3],
];
const systolic: Steps = [
  [90, 3],
  [100, 2],
  [110, 1],
  [219, 0],
  [more, 3],
];
const pulse: Steps = [
  [40, 3],
  [50, 1],
  [90, 0],
  [110, 1],
  [130, 2],
  [more, 3],
];
const temperature: Steps = [
  [35, 3],
  [36, 1],
  [38, 0],
  [39, 1],
  [more, 2],
];

/**
 * NEWS2 of a person of 16 years or more who is not pregnant. Source: Royal College of Physicians, National Early Warning Score (NEWS) 2:
 * Standardising the assessment of acute-illness severity in the NHS, London 2017, chart 1 (scores) and chart 2 (thresholds).
 */
export function news2Of(input: News2Input): News2 {
  const spo2 = input.spo2Scale === 1 ? spo2Scale1 : input.onOxygen ? spo2Scale2OnOxygen : spo2Scale2OnAir;
  const points: News2Points = {
    respiratoryRate: pointsIn(respiratoryRate, input.respiratoryRate),
    spo2: pointsIn(spo2, input.spo2),
    oxygen: input.onOxygen ? 2 : 0,
    bloodPressureSystolic: pointsIn(systolic, input.bloodPressureSystolic),
    pulse: pointsIn(pulse, input.pulse),
    consciousness: input.consciousness === "alert" ? 0 : 3,
    temperature: pointsIn(temperature, input.temperature),
  };
  const each = Object.values(points);
  const score = each.reduce<number>((sum, value) => sum + value, 0);
  return { score, risk: riskOf(score, each.includes(3)), points };
}

/** 7 and more high, 5 or 6 medium; below that a single 3 asks for urgent ward review: low to medium. */
function riskOf(score: number, hasThree: boolean): Risk {
  if (score >= 7) return "high";
  if (score >= 5) return "medium";
  return hasThree ? "low-medium" : "low";
}

/** What the chart asks for at each risk. */
export const news2Response: Record<Risk, string> = {
  low: "Routine monitoring; at 0 every 12 hours, at 1 to 4 every 4 to 6 hours.",
  "low-medium": "A single 3: urgent review by a ward doctor, observations at least hourly.",
  medium: "Urgent review by a clinician skilled in acute illness, observations at least hourly.",
  high: "Emergency assessment by a critical care team, continuous monitoring.",
};
