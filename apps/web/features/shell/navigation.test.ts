import { permissionCodes, permissionsOf } from "@infirmary/shared/access";
import { describe, expect, it } from "vitest";
import { matchActions } from "./match-actions.ts";
import { destinationsFor, isAt } from "./navigation.ts";

const labels = (roles: readonly string[]) => destinationsFor(permissionsOf(roles)).map(({ label }) => label);

describe("the rail", () => {
  it("offers each role what it may use, and nothing else", () => {
    expect(labels(["doctor"])).toEqual(["Inbox", "Patients", "Appointments", "Queue", "Visits", "Lab orders"]);
    expect(labels(["nurse"])).toEqual(["Home", "Patients", "Appointments", "Queue", "Visits", "Lab orders"]);
    expect(labels(["lab_technician"])).toEqual([
      "Home",
      "Patients",
      "Lab orders",
      "Bench",
      "Specimens",
      "Criticals",
      "Upload",
      "Unmatched",
    ]);
    expect(labels(["admin"])).toEqual([
      "Home",
      "Patients",
      "Appointments",
      "Queue",
      "Lab orders",
      "Test catalogue",
      "People",
      "Facilities",
      "System",
      "Privacy",
      "Audit",
    ]);
    expect(labels(["privacy_officer"])).toEqual(["Patients", "Privacy", "Audit"]);
    expect(labels(["billing_clerk"])).toEqual(["Home"]);
    expect(labels([])).toEqual(["Home"]);
  });
  it("gives every place a sequence of its own", () => {
    const keys = destinationsFor(permissionCodes).map((place) => place.keys);
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
    expect(matchActions("reg pat", permissionsOf(["nurse"])).map(({ href }) => href)).toEqual(["/patients/new"]);
    expect(matchActions("AUD", permissionsOf(["admin"])).map(({ href }) => href)).toEqual(["/audit"]);
  });
  it("offers nothing a role may not use", () => {
    expect(matchActions("audit", permissionsOf(["nurse"]))).toEqual([]);
    expect(matchActions("order a", permissionsOf(["nurse"]))).toEqual([]);
    expect(matchActions("order a", permissionsOf(["doctor"]))).toHaveLength(1);
  });
});
