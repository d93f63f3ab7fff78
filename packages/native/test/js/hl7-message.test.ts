import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { bytesOf, errorOf, goodMessage, header, patient, result, test } from "./hl7-fixtures.ts";

describe("a parsed message", () => {
  const message = hl7.parse(goodMessage);

  it("tells what it is", () => {
    expect([message.type, message.version, message.controlId]).toEqual(["ORU^R01", "2.5.1", "M1"]);
  });

  it("gives undefined for what is not there and an empty text for what is there but empty", () => {
    expect(message.get("PID-2")).toBe("");
    expect(message.get("PID-30")).toBeUndefined();
    expect(message.get("PID-3.9")).toBeUndefined();
    expect(message.get("PV1-2")).toBeUndefined();
  });

  it("gives a segment, a field, a repetition, a component and a subcomponent", () => {
    const other = hl7.parse(bytesOf(header, "PID|1||1^^^A&1.2&ISO~2^^^B", test, result));
    expect(other.get("PID")).toBe("PID|1||1^^^A&1.2&ISO~2^^^B");
    expect(other.get("PID-3")).toBe("1^^^A&1.2&ISO~2^^^B");
    expect(other.get("PID-3[2]")).toBe("2^^^B");
    expect(other.get("PID-3.4")).toBe("A&1.2&ISO");
    expect(other.get("PID-3[1].4.2")).toBe("1.2");
    expect(other.get("MSH-2")).toBe("^~\\&");
    expect(other.raw("MSH-1")).toBe("|");
    expect(other.get("MSH-2[2]")).toBeUndefined();
  });

  it("counts segments", () => {
    expect([message.count("OBX"), message.count("PV1")]).toEqual([1, 0]);
  });

  it("reads the same elements of every segment of a name at once", () => {
    const other = hl7.parse(bytesOf(header, patient, test, result, "OBX|2|ST|a\\S\\b^x^L||y", "OBX|3"));
    expect(other.rows("OBX", ["3.1", "5", "11"])).toEqual([
      ["718-7", "13.5", "F"],
      ["a^b", "y", undefined],
      [undefined, undefined, undefined],
    ]);
    expect(other.rows("MSH", ["2", "9.2"])).toEqual([["^~\\&", "R01"]]);
    expect(other.rows("PV1", ["2"])).toEqual([]);
    expect(errorOf(() => other.rows("OBX", ["x"])).code).toBe("path-invalid");
  });

  it("does not change when its bytes do", () => {
    const bytes = Uint8Array.from(goodMessage);
    const kept = hl7.parse(bytes);
    bytes.fill(0x41);
    expect(kept.get("PID-5.1")).toBe("Doe");
  });

  it("is independent of the message parsed after it", () => {
    const first = hl7.parse(goodMessage);
    hl7.parse(bytesOf(header.replace("M1", "M2"), patient));
    expect(first.controlId).toBe("M1");
    expect(first.get("OBX-5")).toBe("13.5");
  });

  it("refuses what is no path", () => {
    for (const path of ["", "pid-3", "PID-0", "PID-3[0]", "PID-3.1.1.1", "PID 3", "PID-3.", "PIDX-1"]) {
      expect(errorOf(() => message.get(path)).code).toBe("path-invalid");
    }
  });
});

describe("observations", () => {
  it("carries each OBX with its code, value, unit, range, flag, status and time", () => {
    expect(hl7.parse(goodMessage).observations()).toEqual([
      {
        obrIndex: 1,
        obxIndex: 1,
        setId: "1",
        valueType: "NM",
        code: "718-7",
        codingSystem: "LN",
        name: "Hemoglobin",
        subId: "",
        value: "13.5",
        unit: "g/dL",
        referenceRange: "12-16",
        abnormalFlag: "N",
        status: "F",
        observedAt: { text: "20260419090000", iso: "2026-04-19T09:00:00", precision: "second" },
        notes: [],
        line: 4,
        offset: Buffer.from(goodMessage).indexOf("OBX"),
      },
    ]);
  });

  const shownAs = (valueType: string, value: string): string | undefined =>
    hl7.parse(bytesOf(header, patient, test, `OBX|1|${valueType}|1^x^L||${value}||||||F`)).observations()[0]?.value;

  it.each([
    ["NM", "13.50", "13.50"],
    ["SN", "<^15", "<15"],
    ["SN", "^1^:^128", "1:128"],
    ["CWE", "260415000^Not detected^SCT", "Not detected"],
    ["CWE", "^^^^S01^^^^County", "County"],
    ["CWE", "A", "A"],
    ["TX", "line 1~line 2", "line 1\nline 2"],
    ["FT", "a\\.br\\b", "a\nb"],
    ["ST", "10\\S\\9", "10^9"],
    ["XPN", "Doe^Jane^^^Dr", "Doe Jane Dr"],
    ["NM", "", ""],
  ])("shows %s %s as %s", (valueType, value, shown) => {
    expect(shownAs(valueType, value)).toBe(shown);
  });

  it("keeps notes with the observation they follow, and those of the order away from it", () => {
    const bytes = bytesOf(header, patient, test, "NTE|1||of the order", result, "NTE|1||one~two", "NTE|2||three");
    expect(hl7.parse(bytes).observations()[0]?.notes).toEqual(["one\ntwo", "three"]);
  });

  it("tells which test an observation stands under, and takes its time where it has none", () => {
    const second = test.replace("OBR|1", "OBR|2").replace("20260419090000", "202604");
    const own = `${result}|||2026041910`;
    const observations = hl7.parse(bytesOf(header, patient, test, own, second, result)).observations();
    expect(observations.map((one) => [one.obrIndex, one.observedAt?.text, one.observedAt?.precision])).toEqual([
      [1, "2026041910", "hour"],
      [2, "202604", "month"],
    ]);
  });

  it("reports a time that is none without guessing one", () => {
    const bytes = bytesOf(header, patient, test, `${result}|||yesterday`);
    expect(hl7.parse(bytes).observations()[0]?.observedAt).toEqual({ text: "yesterday", iso: null, precision: null });
  });

  it("takes the alternate code where the first is empty", () => {
    const bytes = bytesOf(header, patient, test, "OBX|1|NM|^^^HB^Haemoglobin^L||1||||||F");
    expect(hl7.parse(bytes).observations()[0]).toMatchObject({ code: "HB", name: "Haemoglobin", codingSystem: "L" });
  });
});

describe("orders", () => {
  it("falls back to the numbers of the group's ORC", () => {
    const bytes = bytesOf(header, patient, "ORC|RE|P-1|F-1", "OBR|1|||1^x^L", "OBR|2|P-2^LAB||2^y^L");
    expect(hl7.parse(bytes).orders()).toMatchObject([
      { obrIndex: 1, placerOrderNumber: "P-1", fillerOrderNumber: "F-1", code: "1", collectedAt: null },
      { obrIndex: 2, placerOrderNumber: "P-2", fillerOrderNumber: "", code: "2" },
    ]);
  });
});

describe("time stamps", () => {
  it.each([
    ["2026", "2026", "year", false],
    ["202604", "2026-04", "month", false],
    ["20260419", "2026-04-19", "day", false],
    ["2026041910", null, "hour", false],
    ["202604191015", "2026-04-19T10:15", "minute", false],
    ["20260419101530", "2026-04-19T10:15:30", "second", false],
    ["20260419101530.12-0430", "2026-04-19T10:15:30.12-04:30", "fraction", true],
    ["202604191015+0200", "2026-04-19T10:15+02:00", "minute", true],
    ["20260419+0200", "2026-04-19", "day", true],
  ])("reads %s as %s", (text, iso, precision, hasZone) => {
    expect(hl7.parseTimestamp(text)).toEqual({ iso, precision, hasZone });
  });

  it.each(["", "20230229", "99999999", "2026-04-19", "20260419Z", "DOB", "2026041925", "1".repeat(100)])(
    "does not guess what %j means",
    (text) => {
      expect(hl7.parseTimestamp(text)).toBeNull();
    },
  );

  it("gives ISO texts that JavaScript reads, wherever it gives one", () => {
    for (const text of ["2026", "202604", "20260419", "202604191015", "20260419101530.1234+0100"]) {
      expect(Number.isNaN(Date.parse(hl7.parseTimestamp(text)?.iso ?? "none"))).toBe(false);
    }
  });
});

describe("files of several messages", () => {
  it("finds every message of a batch and nothing else", () => {
    const file = bytesOf("FHS|^~\\&|A", "BHS|^~\\&|A", header, patient, header, patient, "BTS|2", "FTS|1");
    const texts = hl7
      .split(file)
      .map(({ offset, length }) => Buffer.from(file).toString("utf8", offset, offset + length));
    expect(texts).toEqual([`${header}\r${patient}`, `${header}\r${patient}`]);
  });

  it("finds none in nothing", () => {
    expect(hl7.split(new Uint8Array())).toEqual([]);
  });

  it("finds five thousand messages", () => {
    const file = Buffer.from(`${header}\rMSA|AA|1\r`.repeat(5000));
    expect(hl7.split(file)).toHaveLength(5000);
  });
});
