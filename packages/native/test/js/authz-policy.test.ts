import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuthzError, type AuthzRequest, authz } from "../../js/index.ts";

const text = `
role doctor, nurse
permission patient.read, patient.write
attribute subject.id: text
attribute subject.facilities: set
attribute resource.facility: text
attribute resource.careTeam: set
attribute resource.age: number
attribute resource.vip: flag
attribute env.time: time
allow "own facility" doctor to patient.read when resource.facility in subject.facilities
allow "own patient" doctor, nurse to patient.write
  when all(subject.id in resource.careTeam, resource.age at least 18, resource.vip is false, env.time from 07:00 to 19:00)
`;
const policy = authz.compile(text);
const reading = { permission: "patient.read", roles: ["doctor"], subject: { facilities: ["north"] } };
const writing = {
  permission: "patient.write",
  roles: ["nurse"],
  subject: { id: "u1" },
  resource: { careTeam: ["u1"], age: 40, vip: false },
  env: { time: 600 },
};

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AuthzError) return error.code;
    throw error;
  }
  throw new Error("expected an AuthzError, but nothing was thrown");
}

describe("a policy", () => {
  it("tells its permissions and roles", () => {
    expect(policy.permissions).toEqual(["patient.read", "patient.write"]);
    expect(policy.roles).toEqual(["doctor", "nurse"]);
  });

  it("is refused with the place of what is wrong", () => {
    try {
      authz.compile('role a\npermission p\nallow "r" b to p');
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "unknown-name", line: 3, column: 11, offset: 30, name: "AuthzError" });
      expect(String(error)).toContain("3:11: this role is not declared");
    }
  });

  it("does nothing more after dispose, which may be repeated", () => {
    const gone = authz.compile(text);
    gone.dispose();
    gone.dispose();
    expect(codeOf(() => gone.decide(reading))).toBe("disposed");
    expect(codeOf(() => gone.explain(reading))).toBe("disposed");
    expect(codeOf(() => gone.decideMany(reading, [{}]))).toBe("disposed");
    expect(policy.decide(writing).allowed).toBe(true);
  });

  it("explains itself rule by rule", () => {
    const { allowed, steps } = policy.explain({ ...writing, env: { time: 20 * 60 } });
    expect(allowed).toBe(false);
    expect(steps).toEqual([{ rule: "own patient", outcome: "false", attribute: undefined, line: 13, column: 94 }]);
    expect(policy.explain({ ...writing, roles: [] }).steps[0]?.outcome).toBe("no-role");
    expect(policy.explain({ ...writing, resource: {} }).steps[0]).toMatchObject({
      outcome: "absent",
      attribute: "resource.careTeam",
    });
  });
});

describe("many resources", () => {
  it("are decided as each by itself, in their order, in any number", () => {
    const resources = Array.from({ length: 30_000 }, (_, i) => ({ facility: i % 3 === 0 ? "north" : `f${i}` }));
    const decisions = policy.decideMany(reading, resources);
    expect(decisions.length).toBe(30_000);
    decisions.forEach((decision, i) => {
      if (decision.allowed !== (i % 3 === 0)) throw new Error(`resource ${i} was decided wrongly`);
    });
  });

  it("may have large sets", () => {
    const { resource, ...common } = writing;
    const resources = Array.from({ length: 200 }, (_, i) => ({
      ...resource,
      careTeam: Array.from({ length: 1_000 }, (_, k) => (i % 2 && k === 999 ? "u1" : `v${i}-${k}`)),
    }));
    expect(policy.decideMany(common, resources).map(({ allowed }) => allowed)).toEqual(
      resources.map((_, i) => i % 2 === 1),
    );
  });

  it("may be none, and each may be nothing", () => {
    expect(policy.decideMany(reading, [])).toEqual([]);
    expect(policy.decideMany(reading, [undefined, null, 5]).map(({ reason }) => reason)).toEqual(
      Array(3).fill("absent"),
    );
    expect(policy.decideMany({ ...reading, permission: "x" }, [{}])).toMatchObject([{ reason: "bad-request" }]);
    expect(policy.decideMany(null as never, [{}])).toMatchObject([{ reason: "bad-request" }]);
    expect(codeOf(() => policy.decideMany(reading, "x" as never))).toBe("bad-argument");
  });
});

describe("requests that make no sense are denied", () => {
  it.each<[string, unknown]>([
    ["undefined", undefined],
    ["null", null],
    ["a number", 7],
    ["a text", "patient.read"],
    ["nothing in it", {}],
    ["a permission of another type", { ...reading, permission: 7 }],
    ["a permission of the language itself", { ...reading, permission: "toString" }],
    ["roles that are no list", { ...reading, roles: "doctor" }],
    ["no roles", { permission: "patient.read" }],
  ])("%s", (_, request) => {
    expect(policy.decide(request as AuthzRequest)).toMatchObject({ allowed: false, reason: "bad-request" });
    expect(policy.explain(request as AuthzRequest)).toMatchObject({ allowed: false, reason: "bad-request", steps: [] });
  });

  it.each<[string, unknown]>([
    ["a role that nobody declared", "owner"],
    ["a role of the language itself", "constructor"],
    ["a role of another type", 0],
    ["an object that turns into a role", { toString: () => "doctor" }],
  ])("%s gives nothing", (_, role) => {
    const request = { ...reading, roles: [role] as never, resource: { facility: "north" } };
    expect(policy.decide(request)).toMatchObject({ allowed: false, reason: "no-rule" });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ["a number for a text", { careTeam: [1] }, "resource.careTeam"],
    ["a text for a set", { careTeam: "u1" }, "resource.careTeam"],
    ["a set of more than 1024", { careTeam: Array(1025).fill("u1") }, "resource.careTeam"],
    ["a set with a hole", { careTeam: ["u1", undefined] }, "resource.careTeam"],
    ["a text for a number", { age: "40" }, "resource.age"],
    ["a fraction", { age: 40.5 }, "resource.age"],
    ["NaN", { age: Number.NaN }, "resource.age"],
    ["a number over 2^31", { age: 2 ** 31 }, "resource.age"],
    ["a bigint", { age: 40n }, "resource.age"],
    ["a text for a flag", { vip: "false" }, "resource.vip"],
    ["0 for a flag", { vip: 0 }, "resource.vip"],
  ])("%s is a wrong type", (_, changed, attribute) => {
    const request = { ...writing, resource: { ...writing.resource, ...changed } };
    expect(policy.decide(request)).toMatchObject({ allowed: false, reason: "wrong-type", attribute });
  });

  it.each([-1, 1440, 7.5, "07:00", new Date()])("%s is no time of day", (time) => {
    expect(policy.decide({ ...writing, env: { time } })).toMatchObject({ reason: "wrong-type", attribute: "env.time" });
  });

  it("a group that is no object has no attributes", () => {
    for (const resource of [undefined, null, 5, "x", []]) {
      expect(policy.decide({ ...writing, resource })).toMatchObject({ allowed: false, reason: "absent" });
    }
  });
});

describe("a request that does something while it is read", () => {
  it("may not decide anything itself, and everything works on", () => {
    const busy = {
      ...reading,
      get resource() {
        return { facility: policy.decide(reading).rule };
      },
    };
    expect(codeOf(() => policy.decide(busy))).toBe("re-entered");
    expect(
      codeOf(() =>
        policy.decideMany(reading, [
          {
            get facility() {
              policy.explain(reading);
              return "north";
            },
          },
        ]),
      ),
    ).toBe("re-entered");
    expect(policy.decide(writing).allowed).toBe(true);
  });

  it("may dispose of the policy and gets that for an answer", () => {
    const own = authz.compile(text);
    const trap = {
      ...reading,
      get resource() {
        own.dispose();
        return { facility: "north" };
      },
    };
    expect(codeOf(() => own.decide(trap))).toBe("disposed");
  });

  it("passes its own error on", () => {
    const trap = {
      ...reading,
      get resource(): object {
        throw new RangeError("mine");
      },
    };
    expect(() => policy.decide(trap)).toThrow(RangeError);
    expect(policy.decide(writing).allowed).toBe(true);
  });
});

describe("texts", () => {
  it("that no policy names are equal to themselves alone, however many there were before", () => {
    for (let i = 0; i < 30_000; i++) {
      const facility = `facility ${i}`;
      const decision = policy.decide({ ...reading, subject: { facilities: ["x", facility] }, resource: { facility } });
      if (!decision.allowed) throw new Error(`lost ${facility}`);
      const other = policy.decide({
        ...reading,
        subject: { facilities: [facility] },
        resource: { facility: `${facility}x` },
      });
      if (other.allowed) throw new Error(`took ${facility} for another`);
    }
  });

  it("agree with JavaScript's own comparison, whatever they hold", () => {
    const word = fc.string({ unit: "binary", maxLength: 4 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 8 }), (facility, facilities) => {
        const { allowed } = policy.decide({ ...reading, subject: { facilities }, resource: { facility } });
        expect(allowed).toBe(facilities.includes(facility));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("compiling", () => {
  it.each([undefined, null, 5, {}, ["role a"], new Uint8Array(4)])("refuses %s", (value) => {
    expect(codeOf(() => authz.compile(value as never))).toBe("bad-argument");
  });

  it("refuses a text over 256 KiB and takes any other without a crash", () => {
    expect(codeOf(() => authz.compile(" ".repeat(262_145)))).toBe("too-big");
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (anything) => {
        expect(codeOf(() => authz.compile(`role a ${anything} \u0000`))).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives every worker thread policies of its own", async () => {
    const front = new URL("../../js/index.ts", import.meta.url).href;
    const body = `import { parentPort, workerData } from "node:worker_threads";
      const { authz } = await import(${JSON.stringify(front)});
      const policy = authz.compile(workerData.text);
      parentPort.postMessage(policy.decide(workerData.request).rule);`;
    const answers = Array.from({ length: 3 }, () => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(body)}`), {
        workerData: { text, request: writing },
      });
      return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    });
    expect(await Promise.all(answers)).toEqual(Array(3).fill("own patient"));
  });
});
