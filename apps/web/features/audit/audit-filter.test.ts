import { describe, expect, it } from "vitest";
import { actionChoices, dayFault, exportPath, filterOf, noFilter } from "./audit-filter.ts";
import { changesIn } from "./changes-in.ts";

describe("the filter of the log", () => {
  it("asks for nothing by default", () => {
    expect(filterOf(noFilter)).toEqual({});
    expect(exportPath(noFilter)).toBe("/api/v1/audit/export/");
  });
  it("sends ids and days, and never a name", () => {
    const draft = {
      ...noFilter,
      userId: "u",
      patientId: "p",
      patientText: "DOE, Jane",
      from: "1 Nov 2026",
      to: "2026-11-22",
    };
    expect(exportPath(draft)).toBe("/api/v1/audit/export/?userId=u&patientId=p&from=2026-11-01&to=2026-11-22");
  });
  it("does not count a day that cannot be read, and says so at the field", () => {
    expect(filterOf({ ...noFilter, from: "3/4/2026" })).toEqual({});
    expect(dayFault("3/4/2026")).toContain("Write the month in letters");
    expect([dayFault(""), dayFault("3-Apr-2026")]).toEqual([null, null]);
  });
  it("offers a capability as a whole before its actions", () => {
    expect(actionChoices(["patient.read", "auth.sign-in", "patient.create"]).map(({ value }) => value)).toEqual([
      "auth.",
      "auth.sign-in",
      "patient.",
      "patient.create",
      "patient.read",
    ]);
  });
});

describe("what an entry changed", () => {
  it("is every field that differs, as text", () => {
    expect(
      changesIn({ phone: "1", roles: ["nurse"], email: "same" }, { phone: null, roles: ["doctor"], email: "same" }),
    ).toEqual([
      { field: "phone", before: "1", after: "(empty)" },
      { field: "roles", before: '["nurse"]', after: '["doctor"]' },
    ]);
  });
  it("is nothing for a read", () => expect(changesIn(null, null)).toEqual([]));
});
