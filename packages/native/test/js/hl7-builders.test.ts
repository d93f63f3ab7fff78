import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { errorOf } from "./hl7-fixtures.ts";

const at = new Date("2026-04-19T10:15:00Z");
const versions = ["2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8"] as const;

/** What every builder is given, its texts made by `text`. */
const head = (text: (name: string) => string, version: hl7.Hl7Head["version"] = "2.5.1") => ({
  sender: { application: text("application"), facility: text("facility") },
  receiver: { application: "EHR", facility: "WARD" },
  controlId: "M1",
  at,
  version,
});
const patientOf = (text: (name: string) => string): hl7.Hl7PatientInput => ({
  identifiers: [{ id: text("id"), authority: "MAIN" }],
  familyName: text("family"),
  givenName: text("given"),
  birthDate: "19800102",
  sex: "F",
  address: { street: text("street"), city: text("city"), postalCode: "12345", country: "USA" },
  phone: text("phone"),
});
const visitOf = (text: (name: string) => string): hl7.Hl7VisitInput => ({
  patientClass: "I",
  location: { pointOfCare: text("ward"), room: "12", bed: "B", facility: "MAIN" },
  attending: { id: text("doctor"), familyName: "House", givenName: "Greg" },
  visitNumber: text("visit"),
  admittedAt: at,
});
const code = (text: (name: string) => string, name: string): hl7.Hl7Code => ({
  code: "X1",
  name: text(name),
  codingSystem: "L",
});

/** Each builder: how it is called, the segments it must give, and where each text must be found again. */
const builders = {
  ADT: {
    build: (text: (name: string) => string, version?: hl7.Hl7Head["version"]) =>
      hl7.buildAdt({
        ...head(text, version),
        event: "A01",
        occurredAt: at,
        patient: patientOf(text),
        visit: visitOf(text),
      }),
    segments: ["MSH", "EVN", "PID", "PV1"],
    places: {
      "MSH-3": "application",
      "MSH-4": "facility",
      "PV1-3.1": "ward",
      "PV1-7.1": "doctor",
      "PV1-19.1": "visit",
    },
  },
  OML: {
    build: (text: (name: string) => string, version?: hl7.Hl7Head["version"]) =>
      hl7.buildOml({
        ...head(text, version),
        patient: patientOf(text),
        visit: visitOf(text),
        orders: [
          {
            ...code(text, "test"),
            control: "NW",
            placerOrderNumber: text("placer"),
            orderedAt: at,
            orderedBy: { id: "1", familyName: text("orderer"), givenName: "Greg" },
            priority: "R",
            clinicalInformation: text("clinical"),
            notes: [text("note")],
            specimens: [{ ...code(text, "specimen"), id: "S1", collectedAt: at }],
          },
        ],
      }),
    segments: ["MSH", "PID", "PV1", "ORC", "TQ1", "OBR", "NTE", "SPM"],
    places: {
      "OBR-4.2": "test",
      "ORC-2.1": "placer",
      "OBR-2.1": "placer",
      "OBR-13": "clinical",
      "SPM-4.2": "specimen",
    },
  },
  SIU: {
    build: (text: (name: string) => string, version?: hl7.Hl7Head["version"]) =>
      hl7.buildSiu({
        ...head(text, version),
        event: "S12",
        appointment: {
          placerId: text("placer"),
          fillerId: "F1",
          eventReason: code(text, "why"),
          reason: code(text, "reason"),
          startsAt: at,
          minutes: 30,
          status: "Booked",
          contact: { id: "C1", familyName: text("contact"), givenName: "Ann" },
        },
        patient: patientOf(text),
        visit: visitOf(text),
        service: code(text, "service"),
        location: { pointOfCare: text("room") },
        practitioner: { id: "D1", familyName: text("doctor"), givenName: "Greg", role: code(text, "role") },
      }),
    segments: ["MSH", "SCH", "PID", "PV1", "RGS", "AIS", "AIL", "AIP"],
    places: {
      "SCH-1.1": "placer",
      "SCH-6.2": "why",
      "SCH-16.2": "contact",
      "SCH-20.2": "contact",
      "AIS-3.2": "service",
      "AIL-3.1": "room",
      "AIP-3.2": "doctor",
    },
  },
  DFT: {
    build: (text: (name: string) => string, version?: hl7.Hl7Head["version"]) =>
      hl7.buildDft({
        ...head(text, version),
        patient: patientOf(text),
        visit: visitOf(text),
        charges: [
          {
            ...code(text, "charge"),
            transactionId: text("transaction"),
            at,
            type: "CG",
            quantity: 2,
            amount: "25.00",
            unitAmount: "12.50",
            currency: "USD",
            diagnosis: code(text, "diagnosis"),
          },
        ],
      }),
    segments: ["MSH", "EVN", "PID", "PV1", "FT1"],
    places: { "FT1-7.2": "charge", "FT1-2": "transaction", "FT1-19.2": "diagnosis" },
  },
} as const;
const ofPatient = {
  "PID-3.1": "id",
  "PID-5.1": "family",
  "PID-5.2": "given",
  "PID-11.1": "street",
  "PID-11.3": "city",
  "PID-13": "phone",
} as const;

function segmentsOf(bytes: Uint8Array): string[] {
  const message = hl7.parse(bytes);
  const names = "MSH EVN SCH PID PV1 MRG ORC TQ1 OBR NTE SPM RGS AIS AIL AIP FT1".split(" ");
  const found = names.flatMap((name) => Array<string>(message.count(name)).fill(name));
  expect(found.length).toBe(message.segmentCount);
  return found;
}

describe.each(Object.entries(builders))("a built %s", (_, { build, segments, places }) => {
  it.each(versions)("is accepted by a strict receiver of %s and reads back", (version) => {
    const bytes = build((name) => name, version);
    expect(hl7.validate(bytes).issues).toEqual([]);
    expect(segmentsOf(bytes).toSorted()).toEqual([...segments].sort());
    const message = hl7.parse(bytes);
    expect(message.version).toBe(version);
    for (const [path, name] of Object.entries({ ...places, ...ofPatient })) expect(message.get(path), path).toBe(name);
  });

  it("carries 10,000 hostile values and grows no segment by them", () => {
    const hostile = fc.string({
      unit: fc.constantFrom(..."\r\n|^&~\\\u000b\u001c.brXTFSE0D é😀Aa", "\\X0D\\", "\rOBX|1|", "\\.br\\"),
      minLength: 1,
      maxLength: 10,
    });
    const names = [...new Set([...Object.values(places), ...Object.values(ofPatient)])];
    const rest = hostile.filter((text) => text.trim() !== "");
    let carried = 0;
    fc.assert(
      fc.property(
        fc.array(rest, { minLength: names.length, maxLength: names.length }),
        fc.constantFrom(...versions),
        (texts, version) => {
          const values = new Map(names.map((name, i) => [name as string, texts[i] ?? ""]));
          const bytes = build((name) => values.get(name) ?? name, version);
          const message = hl7.parse(bytes);
          expect(message.segmentCount).toBe(segments.length);
          for (const [path, name] of Object.entries({ ...places, ...ofPatient })) {
            expect(message.get(path), path).toBe(values.get(name));
            carried++;
          }
        },
      ),
      { numRuns: 1_200 },
    );
    expect(carried).toBeGreaterThan(10_000);
  });
});

describe("an ADT", () => {
  const input = { ...head((name) => name), patient: patientOf((name) => name) };

  it.each(["A01", "A02", "A03", "A04", "A08", "A11", "A13", "A28", "A31"] as const)("%s is accepted", (event) => {
    for (const version of versions) {
      const bytes = hl7.buildAdt({ ...input, version, event });
      expect(hl7.validate(bytes).ack, version).toBe("AA");
      expect(hl7.parse(bytes).type).toBe(`ADT^${event}`);
    }
  });

  it("A40 names the record that was merged, and is nothing without it", () => {
    const merged = { ...input, event: "A40" as const, mergedIdentifiers: [{ id: "OLD", authority: "MAIN" }] };
    const message = hl7.parse(hl7.buildAdt(merged));
    expect([message.get("PID-3.1"), message.get("MRG-1.1")]).toEqual(["id", "OLD"]);
    expect(errorOf(() => hl7.buildAdt({ ...merged, mergedIdentifiers: [] })).code).toBe("value-invalid");
  });

  it("tells a discharge's time and disposition", () => {
    const visit = { patientClass: "I", admittedAt: at, dischargedAt: at, dischargeDisposition: "01" };
    const message = hl7.parse(hl7.buildAdt({ ...input, event: "A03", visit }));
    expect([message.get("PV1-36"), message.get("PV1-45")]).toEqual(["01", "20260419101500+0000"]);
  });
});

describe("a DFT", () => {
  it("keeps amounts as they were written, with their currency", () => {
    const message = hl7.parse(builders.DFT.build((name) => name));
    expect([message.get("FT1-11.1.1"), message.get("FT1-11.1.2"), message.get("FT1-12.1.1")]).toEqual([
      "25.00",
      "USD",
      "12.50",
    ]);
  });
});

describe("what a strict receiver would refuse is not built", () => {
  const text = (name: string) => name;
  it.each([
    [
      "a patient without a number",
      () => hl7.buildAdt({ ...head(text), event: "A01", patient: { ...patientOf(text), identifiers: [] } }),
    ],
    [
      "a birth date that is none",
      () => hl7.buildAdt({ ...head(text), event: "A01", patient: { ...patientOf(text), birthDate: "19801340" } }),
    ],
    [
      "an amount that is no number",
      () =>
        hl7.buildDft({
          ...head(text),
          patient: patientOf(text),
          charges: [{ code: "1", at, type: "CG", amount: "12,50" }],
        }),
    ],
    [
      "a quantity that is none",
      () =>
        hl7.buildDft({
          ...head(text),
          patient: patientOf(text),
          charges: [{ code: "1", at, type: "CG", quantity: Number.NaN }],
        }),
    ],
    [
      "a time that is none",
      () => hl7.buildOml({ ...head(text), at: new Date(Number.NaN), patient: patientOf(text), orders: [] }),
    ],
    ["no orders", () => hl7.buildOml({ ...head(text), patient: patientOf(text), orders: [] })],
  ])("%s", (_, work) => {
    expect(errorOf(work).code).toBe("value-invalid");
  });

  it.each([undefined, null, 5, "x", {}, { orders: 5 }])("input %s is an error with a code", (input) => {
    for (const build of [hl7.buildAdt, hl7.buildOml, hl7.buildSiu, hl7.buildDft]) {
      expect(errorOf(() => build(input as never)).code).toBe("argument-invalid");
    }
  });

  it("an event that is none", () => {
    const input = { ...head(text), patient: patientOf(text), event: "toString" as never };
    expect(errorOf(() => hl7.buildAdt(input)).code).toMatch(/invalid$/);
  });
});
