import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { bytesOf, errorOf, goodMessage, header, patient, result, test } from "./hl7-fixtures.ts";

const at = new Date("2026-04-19T10:15:00Z");

const oru = (change: Partial<hl7.Hl7OruInput> = {}): hl7.Hl7OruInput => ({
  sender: { application: "LAB", facility: "MAIN" },
  receiver: { application: "EHR", facility: "WARD" },
  controlId: "M1",
  at,
  patient: {
    identifiers: [{ id: "4711", authority: "MAIN" }],
    familyName: "Doe",
    givenName: "Jane",
    birthDate: "19800102",
    sex: "F",
  },
  orders: [
    {
      placerOrderNumber: "ORD-1",
      code: "718-7",
      name: "Hemoglobin",
      codingSystem: "LN",
      collectedAt: at,
      observations: [
        {
          valueType: "NM",
          code: "718-7",
          name: "Hemoglobin",
          codingSystem: "LN",
          value: "13.5",
          unit: "g/dL",
          status: "F",
        },
      ],
    },
  ],
  ...change,
});

const withValue = (valueType: string, value: string | readonly string[], notes: string[] = []): hl7.Hl7OruInput =>
  oru({ orders: [{ code: "1", name: "x", observations: [{ valueType, code: "1", value, status: "F", notes }] }] });

describe("a built ORU", () => {
  it("reads back as what was asked for", () => {
    const message = hl7.parse(hl7.buildOru(oru()));
    expect([message.type, message.version, message.controlId]).toEqual(["ORU^R01", "2.5.1", "M1"]);
    expect(message.get("PID-3.1")).toBe("4711");
    expect(message.get("PID-5.1")).toBe("Doe");
    expect(message.orders()).toMatchObject([
      { placerOrderNumber: "ORD-1", code: "718-7", collectedAt: { text: "20260419101500+0000" } },
    ]);
    expect(message.observations()).toMatchObject([{ value: "13.5", unit: "g/dL", status: "F" }]);
  });

  it("is accepted by a strict receiver in every version it can be written in", () => {
    for (const version of ["2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8"] as const) {
      expect(hl7.validate(hl7.buildOru(oru({ version }))).ack).toBe("AA");
    }
  });

  it("has exactly the segments that were asked for, whatever the texts hold", () => {
    const evil = "x\rOBX|9|NM|1||99||||||F\r\n\u000b\u001c\r~^&\\|\\.br\\\\X0D\\";
    const message = hl7.parse(
      hl7.buildOru(oru({ patient: { identifiers: [{ id: evil }], familyName: evil, givenName: "" }, controlId: "M1" })),
    );
    expect([message.segmentCount, message.count("OBX")]).toEqual([4, 1]);
    expect(message.get("PID-5.1")).toBe(evil);
    expect(message.get("PID-3.1")).toBe(evil);
  });

  it("names its character set when it is needed, and only then", () => {
    const patientOf = (familyName: string) => ({ identifiers: [{ id: "1" }], familyName, givenName: "x" });
    const plain = hl7.parse(hl7.buildOru(oru()));
    const other = hl7.parse(hl7.buildOru(oru({ patient: patientOf("Müller-Ōta 😀") })));
    expect([plain.get("MSH-18"), other.get("MSH-18")]).toEqual([undefined, "UNICODE UTF-8"]);
    expect(other.get("PID-5.1")).toBe("Müller-Ōta 😀");
  });

  it("writes lines of text and notes as repetitions", () => {
    const [one] = hl7.parse(hl7.buildOru(withValue("TX", "line 1\nline 2", ["a\nb"]))).observations();
    expect([one?.value, one?.notes]).toEqual(["line 1\nline 2", ["a\nb"]]);
  });

  it.each([
    ["SN", ["<", "15"], "<15"],
    ["CWE", ["260415000", "Not detected", "SCT"], "Not detected"],
  ] as const)("writes the components of %s", (valueType, value, shown) => {
    expect(hl7.parse(hl7.buildOru(withValue(valueType, value))).observations()[0]?.value).toBe(shown);
  });

  it.each([
    ["a number that is none", withValue("NM", "<15"), "OBX[1]-5"],
    ["an unknown value type", withValue("QQ", "1"), "OBX[1]-2"],
    [
      "a patient without an identifier",
      oru({ patient: { identifiers: [], familyName: "x", givenName: "y" } }),
      "PID-3",
    ],
    ["an empty control id", oru({ controlId: "" }), "MSH-10"],
    ["a time that is none", oru({ at: "yesterday" }), "MSH-7"],
    ["a date that is none", oru({ at: new Date(Number.NaN) }), "at"],
  ])("refuses %s and says where", (_, input, path) => {
    expect(errorOf(() => hl7.buildOru(input))).toMatchObject({ code: "value-invalid", path });
  });
});

describe("the builders", () => {
  it.each([undefined, null, 1, "x", {}, { patient: {} }, { orders: 1 }, []])("answer %j with a code", (input) => {
    expect(errorOf(() => hl7.buildOru(input as unknown as hl7.Hl7OruInput)).code).toMatch(/^(argument|value)-invalid$/);
    expect(errorOf(() => hl7.buildAck(input as unknown as hl7.Hl7AckInput)).code).toMatch(/^(argument|value)-invalid$/);
  });
});

describe("a built ACK", () => {
  const faulty = bytesOf(header, "PID|1||", test, result);
  const ackOf = (bytes: Uint8Array, change: Partial<hl7.Hl7AckInput> = {}) =>
    hl7.buildAck({ report: hl7.validate(bytes), message: hl7.parse(bytes), controlId: "A1", at, ...change });

  it("accepts a good message and turns its sides round", () => {
    const bytes = ackOf(goodMessage);
    const ack = hl7.parse(bytes);
    expect([ack.type, ack.get("MSA-1"), ack.get("MSA-2"), ack.count("ERR")]).toEqual(["ACK^R01", "AA", "M1", 0]);
    expect([ack.get("MSH-3"), ack.get("MSH-4"), ack.get("MSH-5"), ack.get("MSH-6")]).toEqual([
      "EHR",
      "WARD",
      "LAB",
      "MAIN",
    ]);
    expect(hl7.validate(bytes).ack).toBe("AA");
  });

  it("names segment, field, number and reason of each fault", () => {
    const ack = hl7.parse(ackOf(faulty));
    expect(ack.get("MSA-1")).toBe("AE");
    expect([ack.get("ERR-2"), ack.get("ERR-3"), ack.get("ERR-4")]).toEqual([
      "PID^1^3",
      "101^Required field missing^HL70357",
      "E",
    ]);
    expect(ack.get("ERR-8")).toBe("PID-3, the patient's identifier, is empty.");
  });

  it("has no ERR before version 2.5 and keeps the version", () => {
    const ack = hl7.parse(ackOf(bytesOf(header.replace("2.5.1", "2.3"), "PID|1||", test, result)));
    expect([ack.version, ack.get("MSA-1"), ack.count("ERR")]).toEqual(["2.3", "AE", 0]);
  });

  it("answers a header that cannot be taken apart", () => {
    const report = hl7.validate(bytesOf(header.replace("^~\\&", "&&&&")));
    const ack = hl7.parse(hl7.buildAck({ report, controlId: "A1", at }));
    expect([ack.get("MSA-1"), ack.get("MSA-2")]).toEqual(["AR", "M1"]);
  });

  it("cannot be injected through the message it answers", () => {
    const ack = hl7.parse(
      ackOf(bytesOf(header.replace("M1", "M\\X0D\\MSA\\F\\AA").replace("LAB", "a\\X0D\\b"), patient, test, result)),
    );
    expect([ack.segmentCount, ack.count("MSA")]).toEqual([2, 1]);
  });

  it("refuses to answer where there is no header", () => {
    const report = hl7.validate(bytesOf("hello"));
    expect(errorOf(() => hl7.buildAck({ report, controlId: "A1", at })).code).toBe("value-invalid");
  });
});
