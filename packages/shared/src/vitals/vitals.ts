import { z } from "zod";
import { uuid } from "../core/field.ts";
import { risks } from "./early-warning.ts";
import { limits, type Measure } from "./limits.ts";

/** New confusion and everything below it on AVPU: anything but alert scores. */
export const consciousnessLevels = z.enum(["alert", "confusion", "voice", "pain", "unresponsive"]);
export type Consciousness = z.infer<typeof consciousnessLevels>;
export const consciousnessNames: Record<Consciousness, string> = {
  alert: "Alert",
  confusion: "New confusion",
  voice: "Responds to voice",
  pain: "Responds to pain",
  unresponsive: "Unresponsive",
};

/** Work of breathing, for children. */
export const respiratoryEfforts = z.enum(["normal", "mild", "moderate", "severe"]);
export type RespiratoryEffort = z.infer<typeof respiratoryEfforts>;

const measured = (measure: Measure) => {
  const { low, high, unit } = limits[measure];
  const message = `Possible is ${low} to ${high} ${unit}.`;
  return z.number({ error: "Enter a number." }).min(low, message).max(high, message);
};
const whole = (measure: Measure) => measured(measure).int("Enter a whole number.");

/**
 * What is measured at the bedside. `temperature` is in `temperatureUnit` (C when left out). Impossible values are refused;
 * unlikely ones unless `confirmed` names them. `capillaryRefillSeconds`, `respiratoryEffort` and `oxygenFlow` (l/min) count for children.
 */
export const vitalsInput = z
  .strictObject({
    id: uuid,
    bloodPressureSystolic: whole("bloodPressureSystolic"),
    bloodPressureDiastolic: whole("bloodPressureDiastolic"),
    pulse: whole("pulse"),
    temperature: z.number({ error: "Enter a number." }).min(20).max(120),
    temperatureUnit: z.enum(["C", "F"]).default("C"),
    spo2: whole("spo2"),
    respiratoryRate: whole("respiratoryRate"),
    consciousness: consciousnessLevels,
    onOxygen: z.boolean().default(false),
    oxygenFlow: measured("oxygenFlow").nullish(),
    capillaryRefillSeconds: measured("capillaryRefillSeconds").nullish(),
    respiratoryEffort: respiratoryEfforts.nullish(),
    /** When they were taken; now when left out. */
    takenAt: z.iso.datetime({ offset: true }).max(40).optional(),
    /** Names of fields whose unlikely value was checked. */
    confirmed: z.array(z.string().max(40)).max(10).default([]),
  })
  .superRefine((vitals, context) => {
    const { low, high } = limits.temperature;
    const celsius = celsiusOf(vitals.temperature, vitals.temperatureUnit);
    if (celsius < low || celsius > high)
      context.addIssue({
        code: "custom",
        path: ["temperature"],
        message:
          vitals.temperatureUnit === "C"
            ? `Possible is ${low} to ${high} °C.`
            : `Possible is ${fahrenheitOf(low)} to ${fahrenheitOf(high)} °F.`,
      });
    if (vitals.bloodPressureDiastolic >= vitals.bloodPressureSystolic)
      context.addIssue({
        code: "custom",
        path: ["bloodPressureDiastolic"],
        message: "The diastolic pressure lies below the systolic one.",
      });
  });
export type VitalsInput = z.infer<typeof vitalsInput>;

/** Rounded to a tenth of a degree, as thermometers show and the scores ask. */
export function celsiusOf(temperature: number, unit: "C" | "F"): number {
  return Math.round((unit === "C" ? temperature : ((temperature - 32) * 5) / 9) * 10) / 10;
}
const fahrenheitOf = (celsius: number) => Math.round((celsius * 9) / 5 + 32);

/** Vital signs as they were taken. `temperature` is in °C; `temperatureEntered` says how it was read. */
export const vitals = z.object({
  id: z.string(),
  encounterId: z.string(),
  patientId: z.string(),
  bloodPressureSystolic: z.number(),
  bloodPressureDiastolic: z.number(),
  pulse: z.number(),
  temperature: z.number(),
  temperatureEntered: z.string(),
  spo2: z.number(),
  spo2Scale: z.union([z.literal(1), z.literal(2)]),
  respiratoryRate: z.number(),
  consciousness: consciousnessLevels,
  onOxygen: z.boolean(),
  oxygenFlow: z.number().nullable(),
  capillaryRefillSeconds: z.number().nullable(),
  respiratoryEffort: respiratoryEfforts.nullable(),
  /** One of them, by age: NEWS2 from 16 years, PEWS below. */
  news2: z.object({ score: z.number(), risk: risks }).nullable(),
  pews: z.object({ score: z.number(), risk: risks, missing: z.array(z.string()) }).nullable(),
  takenAt: z.string(),
  recordedAt: z.string(),
  recordedByName: z.string(),
});
export type Vitals = z.infer<typeof vitals>;
