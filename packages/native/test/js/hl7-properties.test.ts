import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { bytesOf, goodMessage, header, patient, result, test } from "./hl7-fixtures.ts";

/** A good message with some bytes changed to others that HL7 cares about. */
const damaged = fc
  .array(
    fc.tuple(
      fc.nat(goodMessage.length - 1),
      fc.constantFrom(...Buffer.from('|^~\\&\r\n\u000b\u001c\0MSHOBX"19.F\xff', "latin1")),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((changes) => {
    const bytes = Uint8Array.from(goodMessage);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
const anything = fc.oneof(
  damaged,
  fc.uint8Array({ maxLength: 300 }),
  fc.string().map((text) => Buffer.from(text)),
);

/** Runs work and lets nothing pass but its result and our own errors. */
function guarded(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(hl7.Hl7Error);
  }
}

describe("whatever the bytes", () => {
  it("every function answers or throws an error with a code", () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        guarded(() => hl7.parse(bytes).observations());
        guarded(() => hl7.parse(bytes).orders());
        guarded(() => hl7.split(bytes));
        guarded(() => hl7.frame(bytes));
        hl7.validateAll(bytes);
        new hl7.Framer().push(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it("every place in a report lies inside the input", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom("strict" as const, "tolerant" as const), (bytes, profile) => {
        const { reports, envelope } = hl7.validateAll(bytes, { profile });
        for (const issue of [...reports.flatMap((report) => report.issues), ...envelope]) {
          expect(issue.offset + issue.length).toBeLessThanOrEqual(bytes.length);
          expect(issue.line).toBeGreaterThanOrEqual(1);
          expect(issue.message).not.toBe("");
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("both profiles come to the same ack and disposition", () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        const [strict, tolerant] = [hl7.validate(bytes), hl7.validate(bytes, { profile: "tolerant" })];
        expect([tolerant.ack, tolerant.disposition, tolerant.issueCount]).toEqual([
          strict.ack,
          strict.disposition,
          strict.issueCount,
        ]);
      }),
    );
  });

  it("the line of an issue is the line its offset stands on", () => {
    fc.assert(
      fc.property(damaged, (bytes) => {
        for (const issue of hl7.validate(bytes).issues) {
          if (issue.length === 0 || issue.code === "line-end") continue;
          const before = Buffer.from(bytes.subarray(0, issue.offset)).toString("latin1");
          expect(before.split(/\r\n|\r|\n/).length).toBe(issue.line);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe("whatever the text", () => {
  // Line breaks in TX become repetitions, so the texts of this property have none.
  const text = fc.string({ unit: "binary", maxLength: 60 }).filter((one) => one.isWellFormed() && one !== '""');

  it("it comes back from the field it was written to, and adds no segment", () => {
    fc.assert(
      fc.property(text, text, (familyName, value) => {
        fc.pre(value.trim() !== "");
        const bytes = hl7.buildOru({
          sender: { application: "LAB", facility: "MAIN" },
          receiver: { application: "EHR", facility: "WARD" },
          controlId: "M1",
          at: new Date(0),
          patient: { identifiers: [{ id: "1" }], familyName, givenName: "x" },
          orders: [{ code: "1", observations: [{ valueType: "ST", code: "1", value, status: "F" }] }],
        });
        const message = hl7.parse(bytes);
        expect(message.segmentCount).toBe(4);
        expect(message.get("PID-5.1")).toBe(familyName);
        expect(message.observations()[0]?.value).toBe(value);
      }),
      { numRuns: 1000 },
    );
  });

  it("a stream cut anywhere gives the same messages", () => {
    const stream = Buffer.concat([hl7.frame(goodMessage), hl7.frame(bytesOf(header, patient)), hl7.frame(goodMessage)]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 10 }), (cuts) => {
        const framer = new hl7.Framer();
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const frames = at.slice(1).flatMap((end, i) => framer.push(stream.subarray(at[i], end)));
        expect(frames.map((frame) => frame.length)).toEqual([
          goodMessage.length,
          bytesOf(header, patient).length,
          goodMessage.length,
        ]);
      }),
    );
  });

  it("a time stamp is read back digit by digit", () => {
    const date = fc.date({
      min: new Date("1000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.constantFrom(4, 6, 8, 12, 14), (day, length) => {
        const digits = day.toISOString().replace(/\D/g, "").slice(0, length);
        expect(hl7.parseTimestamp(digits)?.iso?.replace(/\D/g, "")).toBe(digits);
      }),
    );
  });
});

it("reads the same values whatever the line ends", () => {
  const lines = [header, patient, test, result];
  fc.assert(
    fc.property(fc.array(fc.constantFrom("\r", "\n", "\r\n"), { minLength: 4, maxLength: 4 }), (ends) => {
      const bytes = Buffer.from(lines.map((line, i) => line + ends[i]).join(""));
      expect(hl7.parse(bytes).observations()[0]?.value).toBe("13.5");
      expect(hl7.validate(bytes).ack).toBe("AA");
    }),
  );
});
