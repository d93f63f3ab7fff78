import { z } from "zod";
import { flag, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { genders } from "../patient/patient.ts";
import { addendumKey, type DocumentKind, documentKinds, sectionsOf } from "./template.ts";

/** Never signed, signed at least once, or put away before it was signed. */
export const documentStatuses = z.enum(["DRAFT", "SIGNED", "DISCARDED"]);
export type DocumentStatus = z.infer<typeof documentStatuses>;

/** How a version came about: written first, in place of an earlier one, or added to it. */
export const versionKinds = z.enum(["original", "amendment", "addendum"]);
export type VersionKind = z.infer<typeof versionKinds>;
export const versionKindNames: Record<VersionKind, string> = {
  original: "Original",
  amendment: "Amendment",
  addendum: "Addendum",
};

/** What a signature means, in the words the signer agrees to. */
export const signatureMeanings = z.enum(["author", "responsible"]);
export type SignatureMeaning = z.infer<typeof signatureMeanings>;
export const signatureMeaningTexts: Record<SignatureMeaning, string> = {
  author: "I wrote this document, and it is complete and correct.",
  responsible: "I have read this document, which others wrote in part or whole, and take responsibility for it.",
};

const sectionCharsMax = 20_000;
const sectionText = z
  .string()
  .max(sectionCharsMax)
  .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, "Control characters are not allowed.");
/** The text of each part, by the part's key. */
const sections = z
  .record(z.string().max(40), sectionText)
  .refine((parts) => Object.keys(parts).length <= 40, "Too many parts.");
export type DocumentSections = Record<string, string>;

/** The patient of the tab a change comes from: another one's document is then refused. */
const ofPatient = { patientId: uuid.optional() };
const draftVersion = z.coerce.number().int().min(1);

export const documentCreate = z.strictObject({
  patientId: uuid,
  kind: documentKinds,
  encounterId: uuid.nullish(),
  sections: sections.optional(),
});
export type DocumentCreate = z.infer<typeof documentCreate>;

export const documentList = pageInput.extend({
  patientId: uuid.optional(),
  encounterId: uuid.optional(),
  kind: documentKinds.optional(),
  /** Only those the caller began or wrote in last, and has not signed. */
  toSign: flag.optional(),
});
export type DocumentList = z.infer<typeof documentList>;

export const draftSave = z.strictObject({ id: uuid, ...ofPatient, draftVersion, sections });
export type DraftSave = z.infer<typeof draftSave>;
export const draftStep = z.strictObject({ id: uuid, ...ofPatient });
export const documentSign = z.strictObject({ id: uuid, ...ofPatient, draftVersion, meaning: signatureMeanings });
export type DocumentSign = z.infer<typeof documentSign>;
export const documentAmend = z.strictObject({
  id: uuid,
  ...ofPatient,
  kind: z.enum(["amendment", "addendum"]),
  /** The version that was read: amending goes on from no other. */
  number: z.coerce.number().int().min(1),
  reason: z
    .string()
    .max(500)
    .trim()
    .min(1, "Required.")
    .regex(/^[^\p{Cc}]*$/u, "Control characters are not allowed."),
});
export type DocumentAmend = z.infer<typeof documentAmend>;
export const documentPdf = z.strictObject({ id: uuid, number: z.coerce.number().int().min(1).optional() });

/** What is being written: `version` counts the savings, `number` is the version of the document it becomes when signed. */
export const documentDraft = z.object({
  version: z.number(),
  number: z.number(),
  kind: versionKinds,
  reason: z.string().nullable(),
  sections: z.record(z.string(), z.string()),
  startedByName: z.string(),
  savedByName: z.string(),
  savedAt: z.string(),
});
export type DocumentDraft = z.infer<typeof documentDraft>;

/** What was signed, for good. `hash` covers the text, the patient, who signed, when and as what; `isIntact` says it still fits. */
export const documentVersion = z.object({
  id: z.string(),
  number: z.number(),
  kind: versionKinds,
  /** The number of the version it takes the place of or adds to. */
  supersedes: z.number().nullable(),
  reason: z.string().nullable(),
  sections: z.record(z.string(), z.string()),
  meaning: signatureMeanings,
  signedById: z.string(),
  signedByName: z.string(),
  signedAt: z.string(),
  hash: z.string(),
  isIntact: z.boolean(),
});
export type DocumentVersion = z.infer<typeof documentVersion>;

/** A document without its text, for lists. */
export const documentHead = z.object({
  id: z.string(),
  patientId: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  encounterId: z.string().nullable(),
  facilityName: z.string(),
  kind: documentKinds,
  templateVersion: z.number(),
  status: documentStatuses,
  /** The version in force; 0 before the first signature. */
  number: z.number(),
  authorName: z.string(),
  createdAt: z.string(),
  signedAt: z.string().nullable(),
  signedByName: z.string().nullable(),
  /** When something unsigned was saved last, where there is any. */
  draftSavedAt: z.string().nullable(),
  draftSavedByName: z.string().nullable(),
});
export type DocumentHead = z.infer<typeof documentHead>;

/** A document with the version in force and what is being written, where there is any. */
export const clinicalDocument = documentHead.extend({
  current: documentVersion.nullable(),
  draft: documentDraft.nullable(),
});
export type ClinicalDocument = z.infer<typeof clinicalDocument>;

/** The parts a draft may change: all of an amendment, only what is added of an addendum. */
export function editableSections(
  document: { kind: DocumentKind; templateVersion: number },
  draft: Pick<DocumentDraft, "kind" | "number" | "sections">,
) {
  const all = sectionsOf(document, Object.keys(draft.sections));
  return draft.kind === "addendum" ? all.filter(({ key }) => key === addendumKey(draft.number)) : all;
}

/** Labels of the parts that are needed for a signature and still empty. */
export function missingSections(
  document: { kind: DocumentKind; templateVersion: number },
  parts: DocumentSections,
): string[] {
  return sectionsOf(document, Object.keys(parts))
    .filter(({ key, isNeeded }) => isNeeded && (parts[key] ?? "").trim() === "")
    .map(({ label }) => label);
}
