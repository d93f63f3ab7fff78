import { z } from "zod";
import { isoDate, optionalText, text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";

/** Administrative gender, HL7 FHIR R4 value set; HL7 v2 table 0001 letters are taken as well and stored as these. */
export const genders = z.enum(["male", "female", "other", "unknown"]);
export type Gender = z.infer<typeof genders>;
export const genderNames: Record<Gender, string> = {
  male: "Male",
  female: "Female",
  other: "Other",
  unknown: "Not known",
};

const genderLetters: Record<string, Gender> = {
  m: "male",
  f: "female",
  o: "other",
  a: "other",
  n: "other",
  u: "unknown",
};
const gender = z
  .string()
  .max(20)
  .transform((value) => genderLetters[value.toLowerCase()] ?? value.toLowerCase())
  .pipe(genders);

const dateOfBirth = isoDate
  .refine((value) => value >= "1870-01-01", "Check the year.")
  .refine(
    (value) => value <= new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10),
    "A birth date cannot be in the future.",
  );

/** A US social security number, with or without dashes; areas 000, 666, 9xx, group 00 and serial 0000 were never issued (SSA). */
const ssn = z
  .string()
  .max(20)
  .trim()
  .regex(/^(?!000|666|9)\d{3}[- ]?(?!00)\d{2}[- ]?(?!0000)\d{4}$/, "Use nine digits, as 123-45-6789.")
  .transform((value) => value.replace(/\D/g, ""));
/** What is left blank counts as `null`. A union says only "Invalid input" by itself: the schema's own sentence is what helps. */
const blankable = <T extends z.ZodType>(schema: T) =>
  z
    .union([z.literal("").transform(() => null), z.null(), schema], {
      error: ({ errors }) => (errors as z.core.$ZodIssue[][] | undefined)?.at(-1)?.[0]?.message,
    })
    .optional();

const phone = z
  .string()
  .max(40)
  .trim()
  .regex(/^\+?[\d\s().-]{5,30}(?:\s*(?:x|ext\.?)\s*\d{1,6})?$/i, "Use digits, as +1 555 010 0100.");
const email = z.email("Use a valid e-mail address.").max(254);

export const patientCreate = z.strictObject({
  firstName: text(100),
  lastName: text(100),
  dateOfBirth,
  gender,
  phone: blankable(phone),
  email: blankable(email),
  address: optionalText(400),
  ssn: blankable(ssn),
  /** Register although a patient like this exists; the API otherwise answers `possible-duplicate` for an exact match. */
  acceptDuplicate: z.boolean().optional(),
});
export type PatientCreate = z.infer<typeof patientCreate>;

/** What is absent stays as it is; `null` clears. */
export const patientUpdate = patientCreate
  .omit({ acceptDuplicate: true })
  .partial()
  .extend({
    id: uuid,
    version: z.coerce.number().int().min(1),
    /** The masked form, as a record shows it, means: unchanged. */
    ssn: z.union([
      z
        .string()
        .max(11)
        .regex(/^\*{3}-\*{2}-\d{4}$/)
        .transform(() => undefined),
      blankable(ssn),
    ]),
  });
export type PatientUpdate = z.infer<typeof patientUpdate>;

/** `ssn` is masked (`***-**-6789`) or null; `dateOfBirth` is a calendar date. */
export const patient = z.object({
  id: z.string(),
  mrn: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  dateOfBirth: z.string(),
  gender: genders,
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  ssn: z.string().nullable(),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Patient = z.infer<typeof patient>;

export const patientList = pageInput.extend({
  sort: z.enum(["name", "mrn", "dateOfBirth", "createdAt"]).default("name"),
  direction: z.enum(["asc", "desc"]).default("asc"),
  gender: genders.optional(),
});
export type PatientList = z.infer<typeof patientList>;

/** Words of a name, an MRN, a phone number, a birth date or a national identifier, in any order, typos allowed in names. */
export const patientSearch = pageInput.extend({
  q: z.string().max(100).trim().min(1, "Type something to search for."),
});
export type PatientSearch = z.infer<typeof patientSearch>;

export const revealSsnInput = z.strictObject({ id: uuid, reason: text(300) });

/** What has been typed so far of a new patient; answers with registered people it might be. */
export const duplicateInput = z.strictObject({
  firstName: z.string().max(100),
  lastName: z.string().max(100),
  dateOfBirth: isoDate.optional(),
  phone: z.string().max(40).optional(),
  ssn: z.string().max(20).optional(),
});
export type DuplicateInput = z.infer<typeof duplicateInput>;
export const patientDuplicate = patient
  .pick({ id: true, mrn: true, firstName: true, lastName: true, dateOfBirth: true, gender: true })
  .extend({
    matches: z.array(z.enum(["ssn", "name-and-birth-date", "similar-name-and-birth-date", "phone-and-name"])),
  });
export type PatientDuplicate = z.infer<typeof patientDuplicate>;

/** A patient of another facility: enough to know who it is, and nothing else. */
export const patientElsewhere = patient.pick({
  id: true,
  mrn: true,
  firstName: true,
  lastName: true,
  dateOfBirth: true,
  gender: true,
});
export type PatientElsewhere = z.infer<typeof patientElsewhere>;
