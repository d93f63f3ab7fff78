import { expect, it } from "vitest";
import { auditPath, lastDays } from "./report-period.ts";

it("counts today among the last days, over the end of a month", () => {
  expect(lastDays(7, "2026-03-03")).toEqual({ from: "2026-02-25", to: "2026-03-03" });
  expect(lastDays(1, "2026-03-03")).toEqual({ from: "2026-03-03", to: "2026-03-03" });
});

it("leads to the log with ids and days only", () => {
  expect(auditPath({ person: "p", patient: null, from: "2026-03-01" })).toBe("/audit?person=p&from=2026-03-01");
});
