import { type Consciousness, celsiusOf, limits, type Measure, type RespiratoryEffort } from "@infirmary/shared/vitals";

/** A numeric field of the form, in the order of the keypad. */
export type NumberField = Measure;

/** What is typed: numbers as text, so that nothing is lost while it is being typed. */
export type VitalsDraft = Record<NumberField, string> & {
  consciousness: Consciousness;
  onOxygen: boolean;
  temperatureUnit: "C" | "F";
  respiratoryEffort: RespiratoryEffort | "";
};

export const emptyDraft: VitalsDraft = {
  bloodPressureSystolic: "",
  bloodPressureDiastolic: "",
  pulse: "",
  respiratoryRate: "",
  spo2: "",
  temperature: "",
  oxygenFlow: "",
  capillaryRefillSeconds: "",
  consciousness: "alert",
  onOxygen: false,
  temperatureUnit: "C",
  respiratoryEffort: "",
};

/** The fields everybody is measured by, and those that are added for a child or for oxygen. */
export const basicFields = [
  "bloodPressureSystolic",
  "bloodPressureDiastolic",
  "pulse",
  "respiratoryRate",
  "spo2",
  "temperature",
] as const satisfies readonly NumberField[];

/** The number typed; null where there is none. A comma is a decimal point. */
export function numberOf(text: string): number | null {
  const trimmed = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null;
}

/** The temperature typed, in °C. */
export function celsiusTyped({ temperature, temperatureUnit }: VitalsDraft): number | null {
  const number = numberOf(temperature);
  return number === null ? null : celsiusOf(number, temperatureUnit);
}

/** What would be sent. Fields that were left open are absent, so that the API's own schema says which are required. */
export function inputOf(draft: VitalsDraft, { isChild }: { isChild: boolean }) {
  const numbers = Object.fromEntries(
    basicFields.flatMap((field) => {
      const number = numberOf(draft[field]);
      return number === null ? [] : [[field, number]];
    }),
  ) as Record<(typeof basicFields)[number], number>;
  return {
    ...numbers,
    temperatureUnit: draft.temperatureUnit,
    consciousness: draft.consciousness,
    onOxygen: draft.onOxygen,
    ...(draft.onOxygen && draft.oxygenFlow.trim() ? { oxygenFlow: numberOf(draft.oxygenFlow) } : {}),
    ...(isChild && draft.capillaryRefillSeconds.trim()
      ? { capillaryRefillSeconds: numberOf(draft.capillaryRefillSeconds) }
      : {}),
    ...(isChild && draft.respiratoryEffort ? { respiratoryEffort: draft.respiratoryEffort } : {}),
  };
}

/** What is wrong with a field as typed, for saying it on the spot; null where it is empty or possible. */
export function faultOf(draft: VitalsDraft, field: NumberField): string | null {
  const text = draft[field].trim();
  if (text === "") return null;
  const number = field === "temperature" ? celsiusTyped(draft) : numberOf(text);
  if (number === null) return "Enter a number.";
  const { low, high, unit } = limits[field];
  if (number >= low && number <= high) return null;
  if (field === "temperature" && draft.temperatureUnit === "F")
    return `Possible is ${Math.round(low * 1.8 + 32)} to ${Math.round(high * 1.8 + 32)} °F.`;
  return `Possible is ${low} to ${high} ${unit}.`;
}
