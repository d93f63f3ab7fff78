import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuthzError, authz } from "../../js/index.ts";

const text = `
role doctor, nurse
permission read, write
attribute subject.id: text
attribute subject.facilities: set
attribute night: flag
attribute resource.facility: text
attribute resource.careTeam: set
attribute resource.age: number
attribute resource.vip: flag
deny "vip at night" anyone to write when all(resource.vip is true, night is true)
allow "own facility" doctor to read when resource.facility in subject.facilities
allow "own patient" doctor, nurse to read, write
  when any(subject.id in resource.careTeam, all(resource.careTeam meets subject.facilities, resource.age from 1 to 17))
`;
const policy = authz.compile(text);
const doctor = { roles: ["doctor"], subject: { id: "u1", facilities: ["north", "west"] }, night: false };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AuthzError) return error.code;
    throw error;
  }
  throw new Error("expected an AuthzError, but nothing was thrown");
}

const word = fc.constantFrom("u1", "u2", "north", "west", "east");
const something = fc.oneof(
  word,
  fc.array(word, { maxLength: 4 }),
  fc.integer({ min: 0, max: 20 }),
  fc.boolean(),
  fc.constant(undefined),
);
const wellTyped = {
  facility: word,
  careTeam: fc.array(word, { maxLength: 4 }),
  age: fc.integer({ min: 0, max: 20 }),
  vip: fc.boolean(),
};
const anyResource = fc.oneof(
  { weight: 4, arbitrary: fc.record(wellTyped, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ facility: something, careTeam: something, age: something, vip: something }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, 5, "x") },
);
const anyRequest = fc.record({
  roles: fc.subarray(["doctor", "nurse"]),
  subject: fc.record({ id: something, facilities: something }),
  night: something,
});

describe("packed subjects and resources", () => {
  it("are decided about as plain ones, one by one and as lists, in every order", () => {
    const permission = fc.constantFrom("read", "write", "nothing");
    fc.assert(
      fc.property(
        fc.array(anyRequest, { minLength: 1, maxLength: 3 }),
        fc.array(anyResource, { maxLength: 140 }),
        permission,
        (requests, resources, asked) => {
          const packed = policy.resources(resources);
          const singles = resources.map((resource) => policy.resources([resource]));
          for (const request of requests) {
            const expected = resources.map((resource) => policy.decide({ permission: asked, ...request, resource }));
            const subject = policy.subject(request);
            expect(subject.decideMany(asked, packed)).toEqual(expected);
            expect(subject.decideMany(asked, resources)).toEqual(expected);
            expect(policy.decideMany({ permission: asked, ...request }, resources)).toEqual(expected);
            expect(singles.map((single) => subject.decide(asked, single))).toEqual(expected);
            expect(resources.map((resource) => subject.decide(asked, resource))).toEqual(expected);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("stay as they were when what they were made of changes", () => {
    const patient = { facility: "north", careTeam: ["u9"] };
    const person = structuredClone(doctor);
    const subject = policy.subject(person);
    const list = policy.resources([patient]);
    patient.facility = "east";
    person.subject.facilities.length = 0;
    expect(subject.decide("read", list).allowed).toBe(true);
    expect(subject.decide("read", patient).allowed).toBe(false);
    expect(policy.subject(person).decide("read", list).allowed).toBe(false);
  });

  it("keep their meaning when the numbers of texts start anew", () => {
    const subject = policy.subject(doctor);
    const list = policy.resources(Array.from({ length: 300 }, (_, i) => ({ facility: i % 2 ? "west" : `f${i}` })));
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 9_000; i++) {
        policy.decide({ permission: "read", ...doctor, resource: { facility: `other ${round} ${i}` } });
      }
      const decisions = subject.decideMany("read", list);
      expect(decisions.map(({ allowed }) => allowed)).toEqual(decisions.map((_, i) => i % 2 === 1));
      expect(policy.subject(doctor).decide("read", { facility: "north" }).allowed).toBe(true);
      expect(subject.decide("read", policy.resources([{ facility: "north" }])).allowed).toBe(true);
    }
  });

  it("may be more than the buffer holds", () => {
    const careTeam = Array.from({ length: 1_000 }, (_, i) => `v${i}`);
    const resources = Array.from({ length: 25_000 }, (_, i) => ({
      facility: i % 3 ? "east" : "north",
      careTeam: i % 50 ? [] : careTeam,
    }));
    const decisions = policy.subject(doctor).decideMany("read", policy.resources(resources));
    expect(decisions.length).toBe(resources.length);
    decisions.forEach((decision, i) => {
      if (decision.allowed !== (i % 3 === 0)) throw new Error(`resource ${i} was decided wrongly`);
    });
  });

  it("do not mix up two policies that share the buffer", () => {
    const other = authz.compile(text.replace("is true, night", "is false, night"));
    const mine = [policy.subject(doctor), policy.resources([{ facility: "north" }])] as const;
    const theirs = [other.subject({ ...doctor, roles: [] }), other.resources([{ facility: "north" }])] as const;
    for (let i = 0; i < 3; i++) {
      expect(mine[0].decide("read", mine[1]).allowed).toBe(true);
      expect(theirs[0].decide("read", theirs[1]).allowed).toBe(false);
      expect(mine[0].decideMany("read", mine[1])[0]?.allowed).toBe(true);
      expect(theirs[0].decideMany("read", theirs[1])[0]?.allowed).toBe(false);
    }
    expect(mine[0].decide("read", theirs[1]).reason).toBe("bad-request");
    expect(mine[0].decideMany("read", theirs[1])).toMatchObject([{ reason: "bad-request" }]);
  });
});

describe("what makes no sense is denied", () => {
  it("a permission that is none, a subject without roles, a list where one is meant", () => {
    const subject = policy.subject(doctor);
    const nobody = policy.subject({ roles: "doctor" as never, subject: doctor.subject });
    const two = policy.resources([{}, {}]);
    expect(subject.decide("toString", {}).reason).toBe("bad-request");
    expect(subject.decide(7 as never, {}).reason).toBe("bad-request");
    expect(subject.decide("read", two).reason).toBe("bad-request");
    expect(subject.decide("read").reason).toBe("absent");
    expect(nobody.decide("read", { facility: "north" }).reason).toBe("bad-request");
    expect(nobody.decideMany("read", two)).toMatchObject([{ reason: "bad-request" }, { reason: "bad-request" }]);
    expect(subject.decideMany("read", [])).toEqual([]);
    expect(subject.decideMany("read", policy.resources([]))).toEqual([]);
  });

  it.each([undefined, null, 5, "x", {}])("%s is no list of resources", (value) => {
    expect(codeOf(() => policy.resources(value as never))).toBe("bad-argument");
    expect(codeOf(() => policy.subject(doctor).decideMany("read", value as never))).toBe("bad-argument");
  });

  it.each([undefined, null, 5, "x"])("%s is no subject", (value) => {
    expect(codeOf(() => policy.subject(value as never))).toBe("bad-argument");
  });
});

describe("hostile use", () => {
  it("nothing may be decided while something is read, and everything works on", () => {
    const subject = policy.subject(doctor);
    const list = policy.resources([{ facility: "north" }]);
    const busy = {
      get facility() {
        return subject.decide("read", list).rule;
      },
    };
    for (const work of [
      () => subject.decide("read", busy),
      () => subject.decideMany("read", [{}, busy]),
      () => policy.resources([busy]),
      () => policy.decide({ permission: "read", ...doctor, resource: busy }),
      () =>
        policy.subject({
          ...doctor,
          get subject() {
            return { id: subject.decideMany("read", list)[0]?.rule };
          },
        }),
    ]) {
      expect(codeOf(work)).toBe("re-entered");
      expect(subject.decide("read", list).allowed).toBe(true);
    }
  });

  it("a getter's own error passes through, and the subject is as before", () => {
    const subject = policy.subject(doctor);
    const trap = {
      careTeam: [],
      get facility(): string {
        throw new RangeError("mine");
      },
    };
    expect(() => subject.decide("read", trap)).toThrow(RangeError);
    expect(subject.decide("read", { facility: "north" }).allowed).toBe(true);
    expect(() => subject.decideMany("read", [trap])).toThrow(RangeError);
    expect(subject.decideMany("read", [{ facility: "west" }])[0]?.allowed).toBe(true);
  });

  it("dispose ends subjects too", () => {
    const own = authz.compile(text);
    const subject = own.subject(doctor);
    const list = own.resources([{}]);
    own.dispose();
    for (const work of [
      () => subject.decide("read", list),
      () => subject.decide("read", {}),
      () => subject.decideMany("read", list),
      () => subject.decideMany("read", [{}]),
      () => own.subject(doctor),
      () => own.resources([]),
    ])
      expect(codeOf(work)).toBe("disposed");
  });
});
