import { describe, expect, it } from "vitest";
import { ageAndSex, birthAndAge, formatAge, patientName, todayIn } from "./patient-name.ts";

describe("how a patient is written", () => {
  it("leads with the family name in capitals", () => {
    expect(patientName({ firstName: "Jane", lastName: "Doe" })).toBe("DOE, Jane");
    expect(patientName({ firstName: "Lucía", lastName: "García Márquez" })).toBe("GARCÍA MÁRQUEZ, Lucía");
  });
  it("never gives the age without the date", () => {
    expect(birthAndAge("1980-01-01", "2026-11-22")).toBe("01-Jan-1980 (46y)");
  });
  it.each([
    ["1980-11-22", "46y"],
    ["1980-11-23", "45y"],
    ["2024-11-22", "2y"],
    ["2024-11-23", "23m"],
    ["2026-09-01", "2m"],
    ["2026-10-31", "22d"],
    ["2026-11-22", "0d"],
  ])("counts the age of one born on %s as %s", (born, age) => expect(formatAge(born, "2026-11-22")).toBe(age));
  it("names age and sex in the rows of lists", () => {
    expect(ageAndSex({ dateOfBirth: "1980-01-01", gender: "unknown" }, "2026-11-22")).toBe("46y Not known");
  });
  it("counts days where the patient is, not in Greenwich", () => {
    const justBeforeMidnightUtc = new Date("2026-03-09T03:30:00Z");
    expect(todayIn("America/New_York", justBeforeMidnightUtc)).toBe("2026-03-08");
    expect(todayIn("UTC", justBeforeMidnightUtc)).toBe("2026-03-09");
  });
});
