import { expect, it } from "vitest";
import { periodOf } from "./volume-period.ts";

it.each([
  ["this-month", "2026-11-22", { from: "2026-11-01", to: "2026-11-22" }],
  ["last-month", "2026-11-22", { from: "2026-10-01", to: "2026-10-31" }],
  ["last-month", "2026-01-05", { from: "2025-12-01", to: "2025-12-31" }],
  ["last-month", "2024-03-31", { from: "2024-02-01", to: "2024-02-29" }],
  ["last-7-days", "2026-11-03", { from: "2026-10-28", to: "2026-11-03" }],
] as const)("counts %s from %s", (name, today, period) => expect(periodOf(name, today)).toEqual(period));
