import { type DemoTest, demoTests } from "./catalog.ts";

/** What a starter department collects and into what; the codes of types are HL7 table 0487's. */
export const demoSpecimenTypes = [
  { code: "SER", name: "Serum" },
  { code: "BLD", name: "Whole blood" },
  { code: "PLAS", name: "Plasma" },
  { code: "BLDA", name: "Arterial blood" },
  { code: "UR", name: "Urine" },
  { code: "SWAB", name: "Swab or other material" },
] as const;
export const demoContainerTypes = [
  { code: "SST", name: "Serum separator tube", cap: "gold" },
  { code: "EDTA", name: "EDTA tube", cap: "lavender" },
  { code: "CITRATE", name: "Citrate tube", cap: "light blue" },
  { code: "GAS", name: "Heparinised syringe", cap: null },
  { code: "CUP", name: "Urine cup", cap: "yellow" },
  { code: "SWAB", name: "Swab in medium", cap: "red" },
] as const;

const collected: Record<string, readonly [specimen: string, container: string]> = {
  "Serum or plasma": ["SER", "SST"],
  "Whole blood": ["BLD", "EDTA"],
  "Citrate plasma": ["PLAS", "CITRATE"],
  "Arterial blood": ["BLDA", "GAS"],
  Urine: ["UR", "CUP"],
  "See order": ["SWAB", "SWAB"],
};

/** Minutes a department promises: STAT, urgent, routine. */
const turnarounds: Record<string, readonly [number, number, number]> = {
  "Blood gas": [15, 30, 60],
  Microbiology: [1_440, 2_880, 4_320],
  Serology: [240, 480, 1_440],
};

const year = 365;
const adult = 18 * year;
type Range = {
  sex: "male" | "female" | null;
  condition: string | null;
  ageFromDays: number;
  ageToDays: number;
  low: string | null;
  high: string | null;
};
const range = (low: string | null, high: string | null, more: Partial<Omit<Range, "low" | "high">> = {}): Range => ({
  sex: null,
  condition: null,
  ageFromDays: 0,
  ageToDays: 60_000,
  low,
  high,
  ...more,
});
const women = { sex: "female", ageFromDays: adult } as const;
const men = { sex: "male", ageFromDays: adult } as const;

/** Where one range for everybody would be wrong. Typical figures for a start: each laboratory puts its own in their place. */
const particular: Record<string, readonly Range[]> = {
  "718-7": [
    range("13.5", "17.5", men),
    range("12.0", "15.5", women),
    range("11.0", "14.0", { ...women, condition: "pregnant" }),
    range("13.5", "19.5", { ageToDays: 15 }),
    range("10.5", "14.0", { ageFromDays: 15, ageToDays: 6 * year }),
    range("11.5", "15.5", { ageFromDays: 6 * year, ageToDays: adult }),
  ],
  "4544-3": [range("40.0", "52.0", men), range("36.0", "46.0", women), range("33.0", "45.0", { ageToDays: adult })],
  "789-8": [range("4.50", "5.90", men), range("4.00", "5.20", women), range("3.80", "5.40", { ageToDays: adult })],
  "2160-0": [range("0.70", "1.30", men), range("0.50", "1.10", women), range("0.20", "0.80", { ageToDays: adult })],
  "30341-2": [range(null, "15", men), range(null, "20", women)],
  "2276-4": [range("30", "400", men), range("15", "150", women)],
  "3084-1": [range("3.5", "7.2", men), range("2.6", "6.0", women)],
  "2157-6": [range("40", "200", men), range("30", "170", women)],
  "6768-6": [range("40", "129", { ageFromDays: adult }), range("100", "390", { ageToDays: adult })],
  "3016-3": [range("0.40", "4.00"), range("0.10", "2.50", { sex: "female", condition: "pregnant" })],
  "19080-1": [range(null, "5", { sex: "female" }), range(null, "2", { sex: "male" })],
};

/** How far a value may be from the last one, in percent, within how many hours. */
const deltas: Record<string, readonly [percent: string, hours: number]> = {
  "2823-3": ["20", 72],
  "2951-2": ["5", 72],
  "2160-0": ["50", 168],
  "718-7": ["20", 72],
  "777-3": ["50", 72],
  "787-2": ["3", 2_160],
  "17861-6": ["15", 72],
  "3094-0": ["60", 168],
};

/** Every test as a department has it: what is collected, how it is judged, how soon. */
export const demoLabTests = demoTests.map((test) => {
  const [specimenType, containerType] = collected[test.specimen] ?? ["SWAB", "SWAB"];
  const [turnaroundStat, turnaroundUrgent, turnaroundRoutine] = turnarounds[test.category] ?? [60, 120, 240];
  const [deltaPercent = null, deltaHours = null] = deltas[test.code] ?? [];
  const hasCritical = test.criticalLow !== undefined || test.criticalHigh !== undefined;
  return {
    ...test,
    isPanel: test.members.length > 0,
    valueType: test.answers ? "CODED" : "NUMERIC",
    answers: test.answers ?? [],
    specimenType,
    containerType,
    turnaroundStat,
    turnaroundUrgent,
    turnaroundRoutine,
    deltaPercent,
    deltaHours,
    criticalMinutes: hasCritical ? (test.category === "Blood gas" ? 15 : 30) : null,
    ranges: rangesOf(test),
  };
});

function rangesOf(test: DemoTest) {
  if (test.members.length > 0) return [];
  const text = (value: number | undefined) => (value === undefined ? null : value.toFixed(test.decimals));
  const limits = { criticalLow: text(test.criticalLow), criticalHigh: text(test.criticalHigh), normalText: null };
  if (test.answers) return [{ ...range(null, null), ...limits, normalText: test.answers[0] ?? null }];
  const own = particular[test.code] ?? [range(text(test.low), text(test.high))];
  return own.map((one) => ({ ...one, ...limits }));
}
