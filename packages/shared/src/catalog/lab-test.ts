import { z } from "zod";
import { isoDate, optionalText, text } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { compareDecimals, isDecimal } from "./decimal.ts";
import { isLoincCode } from "./loinc-code.ts";
import { valueTypes } from "./value.ts";

/** A lab test or panel that can be ordered; `code` is a LOINC code, `unit` a UCUM unit, `category` the department that does it. */
export const labTest = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  category: z.string(),
  specimen: z.string(),
  unit: z.string().nullable(),
  isPanel: z.boolean(),
});
export type LabTest = z.infer<typeof labTest>;

/** States of a person that have reference ranges of their own. */
export const rangeConditions = ["pregnant", "follicular", "luteal", "postmenopausal", "newborn", "fasting"] as const;
/** Older than anybody: the open end of a range of ages, in days. */
export const ageDaysMax = 60_000;

const limit = z.string().max(20).trim().refine(isDecimal, "Write a number, as in 3.5.").nullable().default(null);

/** Limits for people of an age and sex, and where given in a state, from a day on. Numbers are decimal texts as they are printed. */
const rangeFields = z.strictObject({
  sex: z.enum(["male", "female"]).nullable().default(null),
  condition: z.enum(rangeConditions).nullable().default(null),
  ageFromDays: z.number().int().min(0).max(ageDaysMax).default(0),
  ageToDays: z.number().int().min(1).max(ageDaysMax).default(ageDaysMax),
  low: limit,
  high: limit,
  criticalLow: limit,
  criticalHigh: limit,
  /** The normal answer of a worded test. */
  normalText: optionalText(80).transform((value) => value ?? null),
  validFrom: isoDate.nullable().default(null),
  validTo: isoDate.nullable().default(null),
});
const inOrder = (smaller: string | null, larger: string | null) =>
  smaller === null || larger === null || compareDecimals(smaller, larger) < 0;
export const rangeWrite = rangeFields
  .refine(({ ageFromDays, ageToDays }) => ageFromDays < ageToDays, { path: ["ageToDays"], error: "Must be older." })
  .refine(({ low, high }) => inOrder(low, high), { path: ["high"], error: "Must be above the lower limit." })
  .refine(({ criticalLow, low }) => inOrder(criticalLow, low), {
    path: ["criticalLow"],
    error: "Must be below the lower limit.",
  })
  .refine(({ high, criticalHigh }) => inOrder(high, criticalHigh), {
    path: ["criticalHigh"],
    error: "Must be above the upper limit.",
  })
  .refine(({ validFrom, validTo }) => validFrom === null || validTo === null || validFrom < validTo, {
    path: ["validTo"],
    error: "Must be after the first day.",
  });
export type RangeWrite = z.infer<typeof rangeWrite>;

export const labTestRange = z.object({
  id: z.string(),
  sex: z.enum(["male", "female"]).nullable(),
  condition: z.enum(rangeConditions).nullable(),
  ageFromDays: z.number(),
  ageToDays: z.number(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  criticalLow: z.string().nullable(),
  criticalHigh: z.string().nullable(),
  normalText: z.string().nullable(),
  validFrom: z.string().nullable(),
  validTo: z.string().nullable(),
});
export type LabTestRange = z.infer<typeof labTestRange>;

const minutes = z.number().int().min(1).max(100_000).nullable();

/** What a department needs to know of a test beyond its name. Turn-around and deadline in minutes, the window of a delta check in hours. */
export const labTestDetail = labTest.extend({
  valueType: z.enum(valueTypes),
  decimals: z.number(),
  answers: z.array(z.string()),
  specimenType: z.string().nullable(),
  containerType: z.string().nullable(),
  turnaroundStat: z.number().nullable(),
  turnaroundUrgent: z.number().nullable(),
  turnaroundRoutine: z.number().nullable(),
  deltaPercent: z.string().nullable(),
  deltaAbsolute: z.string().nullable(),
  deltaHours: z.number().nullable(),
  /** Whether an analyser's values may be verified by rule where the department allows it. */
  autoVerify: z.boolean(),
  /** Within how long a critical value must be told. */
  criticalMinutes: z.number().nullable(),
  isActive: z.boolean(),
  version: z.number(),
  members: z.array(z.object({ code: z.string(), shortName: z.string() })),
  /** Those in force today and later, and those that have ended, in the order of sex and age. */
  ranges: z.array(labTestRange),
});
export type LabTestDetail = z.infer<typeof labTestDetail>;

const loinc = z.string().max(12).trim().refine(isLoincCode, "This is no LOINC code: its check digit is wrong.");
const positive = z
  .string()
  .max(20)
  .trim()
  .refine((value) => isDecimal(value) && compareDecimals(value, "0") > 0, "Write a number above 0.")
  .nullable();

const fields = {
  name: text(255),
  shortName: text(80),
  category: text(60),
  specimen: text(80),
  unit: optionalText(40).transform((value) => value ?? null),
  valueType: z.enum(valueTypes),
  decimals: z.number().int().min(0).max(6),
  answers: z.array(text(80)).max(40),
  specimenType: z.string().max(20).nullable(),
  containerType: z.string().max(20).nullable(),
  turnaroundStat: minutes,
  turnaroundUrgent: minutes,
  turnaroundRoutine: minutes,
  deltaPercent: positive,
  deltaAbsolute: positive,
  deltaHours: z.number().int().min(1).max(9_000).nullable(),
  autoVerify: z.boolean(),
  criticalMinutes: minutes,
  isActive: z.boolean(),
  members: z.array(loinc).max(60),
  ranges: z.array(rangeWrite).max(60),
};

/** What a `PUT` leaves out stays; `ranges` and `members`, where given, take the place of all there are. */
export const labTestUpdate = z
  .strictObject({ code: z.string().max(12), version: z.number().int().min(1) })
  .extend(z.object(fields).partial().shape);
export type LabTestUpdate = z.infer<typeof labTestUpdate>;

export const labTestCreate = z.strictObject({
  ...fields,
  code: loinc,
  valueType: fields.valueType.default("NUMERIC"),
  decimals: fields.decimals.default(0),
  answers: fields.answers.default([]),
  specimenType: fields.specimenType.default(null),
  containerType: fields.containerType.default(null),
  turnaroundStat: minutes.default(null),
  turnaroundUrgent: minutes.default(null),
  turnaroundRoutine: minutes.default(null),
  deltaPercent: positive.default(null),
  deltaAbsolute: positive.default(null),
  deltaHours: fields.deltaHours.default(null),
  autoVerify: z.boolean().default(true),
  criticalMinutes: minutes.default(null),
  isActive: z.boolean().default(true),
  members: fields.members.default([]),
  ranges: fields.ranges.default([]),
});
export type LabTestCreate = z.infer<typeof labTestCreate>;

export const labTestList = pageInput.extend({
  q: z.string().max(60).default(""),
  category: z.string().max(60).optional(),
  all: z.boolean().default(false),
});

/** What is put on a list to choose from. */
export const labSetup = z.object({
  categories: z.array(z.string()),
  specimenTypes: z.array(z.object({ code: z.string(), name: z.string() })),
  containerTypes: z.array(z.object({ code: z.string(), name: z.string(), cap: z.string().nullable() })),
});

/** One state of a definition that was in force: who made it so, and when. */
export const labTestVersion = z.object({
  version: z.number(),
  changedAt: z.string(),
  changedByName: z.string().nullable(),
  changed: z.array(z.string()),
});
export const ofTest = z.strictObject({ code: z.string().max(12) });
