import type { Risk } from "./early-warning.ts";
import type { RespiratoryEffort } from "./vitals.ts";

export type PewsInput = {
  /** Completed months. */
  ageMonths: number;
  pulse: number;
  bloodPressureSystolic: number;
  respiratoryRate: number;
  spo2: number;
  onOxygen: boolean;
  oxygenFlow: number | null;
  capillaryRefillSeconds: number | null;
  respiratoryEffort: RespiratoryEffort | null;
};
export type Pews = { score: number; risk: Risk; missing: string[] };

/** For 1, 2 and 4 points: at or above the first, or at or below the second. */
type Bounds = readonly (readonly [points: 1 | 2 | 4, high: number, low: number])[];
type Chart = { belowMonths: number; pulse: Bounds; systolic: Bounds; respiratoryRate: Bounds };

const charts: readonly Chart[] = [
  {
    belowMonths: 3,
    pulse: [
      [4, 190, 80],
      [2, 180, 90],
      [1, 150, 110],
    ],
    systolic: [
      [4, 130, 45],
      [2, 100, 50],
      [1, 80, 60],
    ],
    respiratoryRate: [
      [4, 91, 15],
      [2, 81, 19],
      [1, 61, 29],
    ],
  },
  {
    belowMonths: 12,
    pulse: [
      [4, 180, 70],
      [2, 170, 80],
      [1, 150, 100],
    ],
    systolic: [
      [4, 150, 60],
      [2, 120, 70],
      [1, 100, 80],
    ],
    respiratoryRate: [
      [4, 81, 15],
      [2, 71, 19],
      [1, 51, 24],
    ],
  },
  {
    belowMonths: 48,
    pulse: [
      [4, 170, 60],
      [2, 150, 70],
      [1, 120, 90],
    ],
    systolic: [
      [4, 160, 65],
      [2, 125, 75],
      [1, 110, 90],
    ],
    respiratoryRate: [
      [4, 71, 12],
      [2, 61, 15],
      [1, 41, 19],
    ],
  },
  {
    belowMonths: 144,
    pulse: [
      [4, 150, 50],
      [2, 130, 60],
      [1, 110, 70],
    ],
    systolic: [
      [4, 170, 70],
      [2, 140, 80],
      [1, 120, 90],
    ],
    respiratoryRate: [
      [4, 51, 10],
      [2, 41, 14],
      [1, 31, 19],
    ],
  },
  {
    belowMonths: Number.POSITIVE_INFINITY,
    pulse: [
      [4, 140, 40],
      [2, 120, 50],
      [1, 100, 60],
    ],
    systolic: [
      [4, 190, 75],
      [2, 150, 85],
      [1, 130, 100],
    ],
    respiratoryRate: [
      [4, 30, 9],
      [2, 23, 10],
      [1, 17, 11],
    ],
  },
];
const efforts: Record<RespiratoryEffort, number> = { normal: 0, mild: 1, moderate: 2, severe: 4 };
const pointsIn = (bounds: Bounds, value: number) =>
  bounds.find(([, high, low]) => value >= high || value <= low)?.[0] ?? 0;

/**
 * The Bedside Paediatric Early Warning System score, 0 to 26. Source: Parshuram CS, Hutchison J, Middaugh K: Development and initial
 * validation of the Bedside Paediatric Early Warning System score, Critical Care 2009;13:R135, table 1 (open access). Where the table
 * prints ">150" for four points of the pulse at 4 to 12 years, 150 counts, as in every other row. What was not assessed adds nothing
 * and is named in `missing`. Risk: 8 is the score of the study's threshold for critical care; 5 to 7 medium is our own step before it.
 */
export function pewsOf(input: PewsInput): Pews {
  const chart = charts.find(({ belowMonths }) => input.ageMonths < belowMonths);
  if (!chart) throw new Error("Every age has a chart.");
  const { capillaryRefillSeconds, respiratoryEffort } = input;
  const score =
    pointsIn(chart.pulse, input.pulse) +
    pointsIn(chart.systolic, input.bloodPressureSystolic) +
    pointsIn(chart.respiratoryRate, input.respiratoryRate) +
    (input.spo2 > 94 ? 0 : input.spo2 > 90 ? 1 : 2) +
    (input.onOxygen ? ((input.oxygenFlow ?? 0) >= 4 ? 4 : 2) : 0) +
    (capillaryRefillSeconds !== null && capillaryRefillSeconds >= 3 ? 4 : 0) +
    (respiratoryEffort ? efforts[respiratoryEffort] : 0);
  const missing = [
    ...(capillaryRefillSeconds === null ? ["capillary refill"] : []),
    ...(respiratoryEffort === null ? ["respiratory effort"] : []),
    ...(input.onOxygen && input.oxygenFlow === null ? ["oxygen flow"] : []),
  ];
  return { score, risk: score >= 8 ? "high" : score >= 5 ? "medium" : "low", missing };
}
