/** The patient of the REST documentation's examples. */
export const patientExample = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  mrn: "1000427",
  firstName: "Jane",
  lastName: "Doe",
  dateOfBirth: "1980-01-31",
  gender: "female",
  phone: "+1 555 010 0142",
  email: "jane.doe@example.org",
  address: "12 Elm Street, Springfield",
  ssn: "***-**-6789",
  version: 1,
  createdAt: "2026-11-02T08:00:00.000Z",
  updatedAt: "2026-11-02T08:00:00.000Z",
} as const;

export const patientCreateExample = {
  firstName: "Jane",
  lastName: "Doe",
  dateOfBirth: "1980-01-31",
  gender: "female",
  phone: "+1 555 010 0142",
  email: "jane.doe@example.org",
  address: "12 Elm Street, Springfield",
  ssn: "123-45-6789",
} as const;
