const sections = {
  subjective: "Cough and fever for three days, no chest pain.",
  objective: "38.4 °C, crackles right base. CRP 87 mg/L.",
  assessment: "Community-acquired pneumonia, right lower lobe.",
  plan: "Amoxicillin 500 mg three times a day for 5 days. Back if worse, phone call in 48 hours.",
};

/** A signed version for the documentation. */
export const versionExample = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8d11",
  number: 1,
  kind: "original",
  supersedes: null,
  reason: null,
  sections,
  meaning: "author",
  signedById: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  signedByName: "Dr John Smith",
  signedAt: "2026-11-02T08:41:00.000Z",
  hash: "9f2c1b4f6c0f0c7a3c1a7a0c2f9e1d5b8a6e4c3f2b1d0e9f8a7b6c5d4e3f2a1b",
  isIntact: true,
};

/** A document without its text, for the documentation. */
export const headExample = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8d01",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patient: { mrn: "1000427", firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-01", gender: "female" },
  encounterId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b01",
  facilityName: "St Anne's Main",
  kind: "SOAP",
  templateVersion: 1,
  status: "SIGNED",
  number: 1,
  authorName: "Dr John Smith",
  createdAt: "2026-11-02T08:20:00.000Z",
  signedAt: versionExample.signedAt,
  signedByName: versionExample.signedByName,
  draftSavedAt: null,
  draftSavedByName: null,
};

export const signedExample = { ...headExample, current: versionExample, draft: null };

/** A document that is being written. */
export const draftExample = {
  ...headExample,
  status: "DRAFT",
  number: 0,
  signedAt: null,
  signedByName: null,
  draftSavedAt: "2026-11-02T08:32:10.000Z",
  draftSavedByName: "Dr John Smith",
  current: null,
  draft: {
    version: 3,
    number: 1,
    kind: "original",
    reason: null,
    sections,
    startedByName: "Dr John Smith",
    savedByName: "Dr John Smith",
    savedAt: "2026-11-02T08:32:10.000Z",
  },
};
