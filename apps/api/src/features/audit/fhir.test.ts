import type { AuditEntry } from "@infirmary/shared/audit";
import { describe, expect, it } from "vitest";
import { toAuditEvent } from "./fhir.ts";

const entry: AuditEntry = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a71",
  at: "2026-11-02T09:41:12.345Z",
  userId: "u",
  username: "dr.smith",
  role: "doctor",
  facilityId: "f",
  action: "patient.read",
  entity: "patient",
  entityId: "p",
  patientId: "p",
  patientName: "Doe, Jane",
  outcome: "success",
  reason: null,
  before: null,
  after: null,
  ip: "10.0.0.5",
  requestId: "r",
};

describe("an entry as FHIR AuditEvent", () => {
  it("has every field that BALP asks for of a patient's record that was read", () => {
    const event = toAuditEvent(entry);
    expect(event).toMatchObject({
      resourceType: "AuditEvent",
      action: "R",
      recorded: entry.at,
      outcome: "0",
      agent: [{ who: { reference: "Practitioner/u" }, requestor: true, network: { address: "10.0.0.5", type: "2" } }],
      source: { observer: { display: "Infirmary" } },
    });
    expect(event.entity.map(({ what }) => what)).toEqual([
      { reference: "Patient/p" },
      { identifier: { system: "urn:infirmary:patient", value: "p" } },
      { identifier: { system: "urn:infirmary:request", value: "r" } },
    ]);
    expect(JSON.stringify(event), "names stay in Infirmary").not.toContain("Jane");
  });

  it.each([
    ["order.create", "C"],
    ["order.cancel", "U"],
    ["patient.remove", "D"],
    ["auth.sign-in", "E"],
    ["result.trend", "R"],
  ])("says what kind of deed %s is", (action, kind) => {
    expect(toAuditEvent({ ...entry, action }).action).toBe(kind);
  });

  it("tells refused from failed, emergency from treatment, and keeps the query of a list", () => {
    expect(toAuditEvent({ ...entry, outcome: "refused", reason: "patient.write" })).toMatchObject({
      outcome: "8",
      outcomeDesc: "patient.write",
    });
    expect(toAuditEvent({ ...entry, outcome: "failed" }).outcome).toBe("4");
    expect(toAuditEvent({ ...entry, action: "break-glass.open" }).purposeOfEvent[0]?.coding[0]?.code).toBe("BTG");
    expect(JSON.stringify(toAuditEvent({ ...entry, patientId: null, after: { patientIds: ["p"] } }))).toContain(
      '"query"',
    );
  });
});
