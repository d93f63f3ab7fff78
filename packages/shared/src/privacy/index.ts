import { z } from "zod";
import { isoDate, uuid } from "../core/field.ts";

/** The longest stretch that is reported at once. */
export const reportDaysMax = 366;

/** Calendar days at the reader's facility, both included. */
export const reportPeriod = z
  .strictObject({ from: isoDate, to: isoDate })
  .refine(({ from, to }) => from <= to, { path: ["to"], message: "The last day lies before the first." })
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 < reportDaysMax, {
    path: ["to"],
    message: `At most ${reportDaysMax} days.`,
  });
export type ReportPeriod = z.infer<typeof reportPeriod>;

/** What happened on one day, in counts. */
export const privacyDay = z.object({
  day: z.string(),
  /** Looks at patients by people who do not care for them. */
  outsideCare: z.number(),
  glassBroken: z.number(),
  failedSignIns: z.number(),
  refusals: z.number(),
  exports: z.number(),
});
export type PrivacyDay = z.infer<typeof privacyDay>;

const person = { userId: z.string().nullable(), username: z.string(), fullName: z.string().nullable() };

export const failedSignIns = z.object({
  ...person,
  failures: z.number(),
  lastAt: z.string(),
  addresses: z.array(z.string()),
});
export const exportMade = z.object({
  id: z.string(),
  at: z.string(),
  ...person,
  action: z.string(),
  rows: z.number().nullable(),
});
export const glassBroken = z.object({
  id: z.string(),
  at: z.string(),
  ...person,
  patientId: z.string(),
  patientName: z.string(),
  reasonCode: z.string(),
  reasonText: z.string(),
  /** Null as long as nobody reviewed it. */
  outcome: z.string().nullable(),
  reviewDueAt: z.string(),
});

/** The page of the privacy officer: days for the plots, and what stands behind them. */
export const privacyOverview = z.object({
  days: z.array(privacyDay),
  failedSignIns: z.array(failedSignIns),
  exports: z.array(exportMade),
  glass: z.array(glassBroken),
});
export type PrivacyOverview = z.infer<typeof privacyOverview>;

/** One person's looks at one patient without caring for the patient. */
export const outsideLook = z.object({
  ...person,
  role: z.string().nullable(),
  patientId: z.string(),
  patientName: z.string(),
  mrn: z.string(),
  looks: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  actions: z.array(z.string()),
});
export type OutsideLook = z.infer<typeof outsideLook>;
export const outsideCare = z.object({ items: z.array(outsideLook), hasMore: z.boolean() });

export const patientReportInput = z.strictObject({ patientId: uuid, from: isoDate.optional(), to: isoDate.optional() });

/** One person who saw a patient, and how. */
export const patientViewer = z.object({
  ...person,
  role: z.string().nullable(),
  looks: z.number(),
  /** Lists and searches in which the patient was shown. */
  shown: z.number(),
  deeds: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  caresFor: z.boolean(),
});
export type PatientViewer = z.infer<typeof patientViewer>;
export const patientReport = z.object({
  patient: z.object({ id: z.string(), name: z.string(), mrn: z.string() }),
  items: z.array(patientViewer),
});
