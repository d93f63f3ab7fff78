import { describe, expect, it } from "vitest";
import { sortFaults } from "./field-errors.ts";

describe("faults of a form", () => {
  it("go to their fields, the first of each field", () => {
    const faults = [
      { path: "email", message: "first" },
      { path: "email", message: "second" },
      { path: "roles.0", message: "unknown role" },
    ];
    expect(sortFaults(faults, ["email", "roles"])).toEqual({
      byField: { email: "first", roles: "unknown role" },
      rest: [],
    });
  });
  it("of fields that are not on the form are not lost", () => {
    const faults = [
      { path: "tenant", message: "no" },
      { path: "", message: "whole" },
    ];
    expect(sortFaults(faults, ["email"]).rest).toEqual(["tenant: no", "whole"]);
  });
});
