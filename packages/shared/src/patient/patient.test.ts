import { expect, it } from "vitest";
import { patientCreate } from "./patient.ts";

const patient = { firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-31", gender: "female" };

it("says what is wrong with an optional field, not just that it is wrong", () => {
  const faults = patientCreate.safeParse({ ...patient, ssn: "666-12-3456", phone: "none", email: "none" }).error
    ?.issues;
  expect(faults?.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
    "phone: Use digits, as +1 555 010 0100.",
    "email: Use a valid e-mail address.",
    "ssn: Use nine digits, as 123-45-6789.",
  ]);
});

it("counts an optional field left blank as cleared", () => {
  expect(patientCreate.parse({ ...patient, ssn: "", phone: null })).toMatchObject({ ssn: null, phone: null });
});
