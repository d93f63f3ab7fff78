import { roles } from "@infirmary/shared/access";
import { describe, expect, it } from "vitest";
import { matchActions } from "./match-actions.ts";
import { destinationsFor, isAt } from "./navigation.ts";

const labels = (role: Parameters<typeof destinationsFor>[0]) => destinationsFor(role).map(({ label }) => label);

describe("the rail", () => {
  it("offers each role what it may use, and nothing else", () => {
    expect(labels(["doctor"])).toEqual(["Inbox", "Patients", "Lab orders"]);
    expect(labels(["nurse"])).toEqual(["Home", "Patients", "Lab orders"]);
    expect(labels(["lab_technician"])).toEqual(["Home", "Patients", "Lab orders", "Upload"]);
    expect(labels(["admin"])).toEqual(["Home", "Patients", "Lab orders", "People", "Audit"]);
    expect(labels(["billing_clerk"])).toEqual(["Home"]);
    expect(labels([])).toEqual(["Home"]);
  });
  it("gives every place a sequence of its own", () => {
    const keys = destinationsFor(roles.options).map((place) => place.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
  it("marks the place of a record below it, and home only at home", () => {
    expect([
      isAt("/patients/1", "/patients"),
      isAt("/patientsx", "/patients"),
      isAt("/patients", "/"),
      isAt("/", "/"),
    ]).toEqual([true, false, false, true]);
  });
});

describe("the palette", () => {
  it("finds a screen or action by the beginnings of its words", () => {
    expect(matchActions("reg pat", ["nurse"]).map(({ href }) => href)).toEqual(["/patients/new"]);
    expect(matchActions("AUD", ["admin"]).map(({ href }) => href)).toEqual(["/audit"]);
  });
  it("offers nothing a role may not use", () => {
    expect(matchActions("audit", ["nurse"])).toEqual([]);
    expect(matchActions("order a", ["nurse"])).toEqual([]);
    expect(matchActions("order a", ["doctor"])).toHaveLength(1);
  });
});
