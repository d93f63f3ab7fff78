import { permissionsOf, roles } from "@infirmary/shared/access";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccessPolicy, type Resource, type Subject } from "./policy.ts";

const policy = AccessPolicy.read();
const now = new Date("2026-11-02T09:00:00Z");
const facility = { id: "f1", code: "A", name: "Site A", timeZone: "America/New_York" };
const doctor: Subject = {
  userId: "u1",
  facility,
  permissions: new Set(permissionsOf(["doctor"])),
  validUntil: null,
};
const patient = (changes: Partial<Resource> = {}): Resource => ({
  kind: "patient",
  facilities: ["f2"],
  careTeam: [],
  orderedBy: "",
  glassBrokenBy: [],
  ...changes,
});
const may = (subject: Subject, resource?: Resource) =>
  policy.decide({ subject, permission: "patient.read", ...(resource ? { resource } : {}), now }).allowed;

describe("the access policy", () => {
  it("allows what a role here holds, and nothing else", () => {
    expect(may(doctor)).toBe(true);
    expect(policy.decide({ subject: doctor, permission: "user.manage", now })).toMatchObject({ allowed: false });
  });

  it("lets a patient be seen by the facility, the care team, who ordered and who broke the glass", () => {
    expect(may(doctor, patient())).toBe(false);
    expect(may(doctor, patient({ facilities: ["f2", "f1"] }))).toBe(true);
    expect(may(doctor, patient({ careTeam: ["u1"] }))).toBe(true);
    expect(may(doctor, patient({ orderedBy: "u1" }))).toBe(true);
    expect(may(doctor, patient({ glassBrokenBy: ["u1"] }))).toBe(true);
    expect(may(doctor, patient({ glassBrokenBy: ["u2"], careTeam: ["u2"] }))).toBe(false);
  });

  it("refuses everything in a locked session and after the membership ran out, to the minute", () => {
    expect(policy.decide({ subject: doctor, permission: "patient.read", isLocked: true, now }).allowed).toBe(false);
    expect(may({ ...doctor, validUntil: now })).toBe(false);
    expect(may({ ...doctor, validUntil: new Date(now.getTime() + 1) })).toBe(true);
  });

  it("never allows what no role holds, whatever the record says", () => {
    const id = fc.constantFrom("u1", "f1", "f2", "x");
    const ids = fc.array(id, { maxLength: 4 });
    fc.assert(
      fc.property(ids, ids, id, ids, (facilities, careTeam, orderedBy, glassBrokenBy) => {
        const resource = patient({ facilities, careTeam, orderedBy, glassBrokenBy });
        expect(may({ ...doctor, permissions: new Set() }, resource)).toBe(false);
        expect(may(doctor, resource)).toBe(
          facilities.includes("f1") || [...careTeam, orderedBy, ...glassBrokenBy].includes("u1"),
        );
      }),
    );
  });

  it("can ask for the time of day where the person works", () => {
    const byDay = new AccessPolicy(
      `attribute env.time: time
       allow "by day" anyone to anything when env.time from 07:00 to 19:00`,
    );
    const at = (time: string) =>
      byDay.decide({ subject: doctor, permission: "patient.read", now: new Date(time) }).allowed;
    expect([at("2026-11-02T11:59:00Z"), at("2026-11-02T12:00:00Z"), at("2026-11-03T00:00:00Z")]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it("says which rule of which line decided", () => {
    const { rule, steps } = policy.explain({ subject: doctor, permission: "patient.read", resource: patient(), now });
    expect(rule).toBe("the patient belongs to other facilities and other care teams");
    expect(steps.every(({ line }) => line > 0)).toBe(true);
  });

  it.each([
    ["allow x", /^access\.policy:1:7: /],
    ['attribute a: text\nallow "r" anyone to anything when b is "x"', /^access\.policy:2:35: /],
    ['allow "r" anyone to patient.raed', /^access\.policy:1:21: /],
  ])("does not compile %j and says where", (text, message) => {
    expect(() => new AccessPolicy(text)).toThrow(message);
  });

  it("knows every permission of every built-in role", () => {
    for (const role of roles.options)
      for (const permission of permissionsOf([role]))
        expect(
          policy.decide({ subject: { ...doctor, permissions: new Set([permission]) }, permission, now }).allowed,
        ).toBe(true);
  });
});
