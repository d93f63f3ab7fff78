import { z } from "zod";

/** What a clinical document can be. */
export const documentKinds = z.enum(["SOAP", "REFERRAL", "CERTIFICATE", "DISCHARGE"]);
export type DocumentKind = z.infer<typeof documentKinds>;

export const documentKindNames: Record<DocumentKind, string> = {
  SOAP: "SOAP note",
  REFERRAL: "Referral letter",
  CERTIFICATE: "Medical certificate",
  DISCHARGE: "Discharge letter",
};

/** One part of a document; a document with an empty part that is needed cannot be signed. */
export type TemplateSection = { key: string; label: string; hint: string; isNeeded: boolean; rows: number };
export type Template = { kind: DocumentKind; version: number; sections: readonly TemplateSection[] };

const section = (key: string, label: string, hint: string, { isNeeded = false, rows = 4 } = {}): TemplateSection => ({
  key,
  label,
  hint,
  isNeeded,
  rows,
});
const needed = { isNeeded: true };

/**
 * Every version of every template that a document was ever written with. A document names its own, so a published version is never
 * changed: a better template is the next version, added below.
 */
const templates: readonly Template[] = [
  {
    kind: "SOAP",
    version: 1,
    sections: [
      section("subjective", "Subjective", "What the patient says: complaint, history, course"),
      section("objective", "Objective", "What was found: examination, vital signs, results"),
      section("assessment", "Assessment", "What it is, and what else it could be", needed),
      section("plan", "Plan", "What is done, by whom, and when to come back", needed),
    ],
  },
  {
    kind: "REFERRAL",
    version: 1,
    sections: [
      section("recipient", "To", "Department or doctor", { isNeeded: true, rows: 2 }),
      section("question", "Reason and question", "What the other side is asked to do", needed),
      section("history", "History and findings", "What they need to know, with results"),
      section("treatment", "Treatment so far", "Medicines with dose, procedures"),
    ],
  },
  {
    kind: "CERTIFICATE",
    version: 1,
    sections: [
      section("recipient", "For", "Employer, school, insurer", { rows: 2 }),
      section("statement", "This is to certify that", "Only what the reader needs to know", needed),
      section("period", "Period", "From and until", { rows: 2 }),
    ],
  },
  {
    kind: "DISCHARGE",
    version: 1,
    sections: [
      section("diagnoses", "Diagnoses", "The main one first", needed),
      section("course", "Course", "Why the patient came, what was found and done", needed),
      section("medication", "Medication", "Each with dose; what is new, changed or stopped"),
      section("followUp", "Follow-up", "Who does what by when, what to watch for", needed),
    ],
  },
];

/** The template that a new document of the kind is written with. */
export function latestTemplate(kind: DocumentKind): Template {
  const [newest] = templates.filter((template) => template.kind === kind).sort((a, b) => b.version - a.version);
  if (!newest) throw new Error("Every kind of document has a template.");
  return newest;
}

/** The template a document names, or undefined where this version of the program does not know it. */
export function findTemplate(kind: DocumentKind, version: number): Template | undefined {
  return templates.find((template) => template.kind === kind && template.version === version);
}

/** Where the addendum stands that makes version `number` of a document. */
export const addendumKey = (number: number) => `addendum-${number}`;

const addendumNumber = (key: string) => Number(/^addendum-(\d{1,4})$/.exec(key)?.[1] ?? Number.NaN);

/** The parts of a document in the order they are read: those of its template, then its addenda. */
export function sectionsOf(
  { kind, templateVersion }: { kind: DocumentKind; templateVersion: number },
  keys: readonly string[],
): TemplateSection[] {
  const own = findTemplate(kind, templateVersion)?.sections ?? [];
  const addenda = keys
    .filter((key) => !Number.isNaN(addendumNumber(key)))
    .sort((a, b) => addendumNumber(a) - addendumNumber(b))
    .map((key) =>
      section(key, `Addendum (version ${addendumNumber(key)})`, "What is added; the text above stays", needed),
    );
  return [...own, ...addenda];
}
