/** What is measured, by the name of its field. */
export type Measure =
  | "bloodPressureSystolic"
  | "bloodPressureDiastolic"
  | "pulse"
  | "temperature"
  | "spo2"
  | "respiratoryRate"
  | "oxygenFlow"
  | "capillaryRefillSeconds";

type Limit = { name: string; short: string; unit: string; low: number; high: number };

/** What a living person can show and a monitor can measure: anything outside is a slip of the hand and refused. Temperature in °C. */
export const limits: Record<Measure, Limit> = {
  bloodPressureSystolic: { name: "Systolic blood pressure", short: "Systolic", unit: "mmHg", low: 30, high: 320 },
  bloodPressureDiastolic: { name: "Diastolic blood pressure", short: "Diastolic", unit: "mmHg", low: 10, high: 220 },
  pulse: { name: "Pulse", short: "Pulse", unit: "/min", low: 10, high: 320 },
  temperature: { name: "Temperature", short: "Temperature", unit: "°C", low: 24, high: 45 },
  spo2: { name: "Oxygen saturation", short: "SpO₂", unit: "%", low: 30, high: 100 },
  respiratoryRate: { name: "Respiratory rate", short: "Resp. rate", unit: "/min", low: 0, high: 120 },
  oxygenFlow: { name: "Oxygen flow", short: "Oxygen", unit: "l/min", low: 0, high: 70 },
  capillaryRefillSeconds: { name: "Capillary refill", short: "Cap. refill", unit: "s", low: 0, high: 20 },
};

type Span = readonly [low: number, high: number];

/**
 * Outside these a value is possible but more often a slip: it is asked to be confirmed. Wider for children, whose pulse and breathing
 * are quicker and whose pressure is lower the younger they are. Our own, meant to catch exchanged fields and lost or doubled digits.
 */
const likely: readonly { below: number; spans: Partial<Record<Measure, Span>> }[] = [
  {
    below: 1,
    spans: {
      bloodPressureSystolic: [40, 140],
      bloodPressureDiastolic: [15, 100],
      pulse: [60, 240],
      temperature: [33, 41.5],
      spo2: [60, 100],
      respiratoryRate: [12, 100],
      capillaryRefillSeconds: [0, 10],
    },
  },
  {
    below: 12,
    spans: {
      bloodPressureSystolic: [50, 180],
      bloodPressureDiastolic: [20, 120],
      pulse: [45, 220],
      temperature: [32, 41.5],
      spo2: [60, 100],
      respiratoryRate: [8, 80],
      capillaryRefillSeconds: [0, 10],
    },
  },
  {
    below: Number.POSITIVE_INFINITY,
    spans: {
      bloodPressureSystolic: [60, 250],
      bloodPressureDiastolic: [25, 150],
      pulse: [30, 220],
      temperature: [32, 41.5],
      spo2: [60, 100],
      respiratoryRate: [5, 60],
      capillaryRefillSeconds: [0, 10],
    },
  },
];

/** The measured values to ask about once more, with the span that is usual, for a person of so many completed years. */
export function unlikelyOf(
  values: Partial<Record<Measure, number | null | undefined>>,
  ageYears: number,
): { measure: Measure; low: number; high: number }[] {
  const spans = likely.find(({ below }) => ageYears < below)?.spans ?? {};
  return (Object.entries(spans) as [Measure, Span][]).flatMap(([measure, [low, high]]) => {
    const value = values[measure];
    return value !== null && value !== undefined && (value < low || value > high) ? [{ measure, low, high }] : [];
  });
}
