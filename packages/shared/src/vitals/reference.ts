import type { Measure } from "./limits.ts";

type Ranged = Exclude<Measure, "oxygenFlow" | "capillaryRefillSeconds">;
export type Range = { low: number; high: number };

/**
 * What is usual at rest, by completed years. Pulse, breathing and pressure of children after the age bands of the Advanced Paediatric
 * Life Support manual (6th edition); adults by common use: 140/90 mmHg is where hypertension begins (ESC/ESH 2018), 60 to 100 a pulse
 * at rest, breathing and temperature the zero band of NEWS2.
 */
const bands: readonly ({ below: number } & Record<Ranged, readonly [number, number]>)[] = [
  band(1, [65, 100], [35, 65], [100, 170], [30, 55]),
  band(2, [70, 105], [40, 70], [90, 155], [25, 40]),
  band(5, [75, 110], [45, 75], [85, 140], [20, 35]),
  band(12, [80, 120], [50, 80], [75, 120], [18, 28]),
  band(16, [95, 135], [55, 85], [60, 105], [12, 24]),
  band(Number.POSITIVE_INFINITY, [90, 139], [60, 89], [60, 100], [12, 20]),
];

function band(
  below: number,
  bloodPressureSystolic: readonly [number, number],
  bloodPressureDiastolic: readonly [number, number],
  pulse: readonly [number, number],
  respiratoryRate: readonly [number, number],
) {
  return {
    below,
    bloodPressureSystolic,
    bloodPressureDiastolic,
    pulse,
    respiratoryRate,
    temperature: [36.1, 38] as const,
    spo2: [96, 100] as const,
  };
}

/** The usual range of a measure at an age; on SpO₂ scale 2 the target of 88 to 92 %. */
export function referenceRange(measure: Ranged, ageYears: number, spo2Scale: 1 | 2 = 1): Range {
  if (measure === "spo2" && spo2Scale === 2) return { low: 88, high: 92 };
  const found = bands.find(({ below }) => ageYears < below) ?? bands.at(-1);
  const [low, high] = found?.[measure] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return { low, high };
}

/** `H` above, `L` below, null inside the range. */
export function flagOf(value: number, { low, high }: Range): "H" | "L" | null {
  return value > high ? "H" : value < low ? "L" : null;
}
