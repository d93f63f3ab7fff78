import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { bytesOf, goodMessage, header, patient, result, test } from "./hl7-fixtures.ts";

const noStatus = result.replace(/\|F$/, "");

describe("the profiles", () => {
  it("come to the same ack and disposition and differ in severity", () => {
    const bytes = bytesOf(header, patient.replace("|F", "|Q"), test, result);
    const [strict, tolerant] = [hl7.validate(bytes), hl7.validate(bytes, { profile: "tolerant" })];
    expect([strict.ack, strict.disposition, strict.valid]).toEqual(["AE", "warn", false]);
    expect([tolerant.ack, tolerant.disposition, tolerant.valid]).toEqual(["AE", "warn", true]);
    expect(strict.issues.map((issue) => issue.severity)).toEqual(["error"]);
    expect(tolerant.issues.map((issue) => issue.severity)).toEqual(["warning"]);
  });

  it("hold an unusable result and name it", () => {
    const report = hl7.validate(
      bytesOf(header, patient, test, result, noStatus.replace("OBX|1|", "OBX|2|").replace("718-7", "1")),
      {
        profile: "tolerant",
      },
    );
    expect(report.valid).toBe(false);
    expect(report.issues).toEqual([
      {
        severity: "error",
        disposition: "hold",
        path: "OBX[2]-11",
        offset: expect.any(Number),
        length: 0,
        line: 5,
        code: "obx-status-missing",
        hl7Error: 101,
        message: "OBX-11 is empty, so it is not known whether the result is final.",
        suggestion: "Fill OBX-11: F final, P preliminary, C corrected.",
      },
    ]);
  });

  it("know every value type that HL7 has for an observation", () => {
    for (const type of "AD CE CF CK CN CNE CP CQ CWE CX DR ED FT ID IS MO NA PN RP RPT SPS ST TN TX XAD XCN XON XPN XTN".split(
      " ",
    )) {
      const value = type === "ED" ? "^IM^JPEG^Base64^AAAA" : "x";
      const report = hl7.validate(bytesOf(header, patient, test, `OBX|1|${type}|1^x^L||${value}||||||F`));
      expect([type, report.ack]).toEqual([type, "AA"]);
    }
  });

  it("take a good message without a word", () => {
    expect(hl7.validate(goodMessage)).toEqual({
      valid: true,
      ack: "AA",
      disposition: "take",
      type: "ORU^R01",
      version: "2.5.1",
      controlId: "M1",
      issues: [],
      issueCount: 0,
    });
  });
});

describe("a report", () => {
  it("keeps a thousand issues and counts all", () => {
    const many = Array.from({ length: 1500 }, (_, i) => `ZZ${i % 10}|x`);
    const report = hl7.validate(bytesOf(header, patient, test, result, ...many));
    expect([report.issues.length, report.issueCount]).toEqual([1000, 1500]);
  });

  it("points into the input when the bytes are a part of a larger buffer", () => {
    const whole = Buffer.concat([Buffer.from("xxxx"), bytesOf(header, patient, test, noStatus)]);
    const part = whole.subarray(4);
    const [issue] = hl7.validate(part).issues;
    expect(part.subarray(0, issue?.offset).toString()).toContain(noStatus);
  });

  it("tells what it could read of a header that is unusable", () => {
    const report = hl7.validate(bytesOf(header.replace("^~\\&", "^~")));
    expect(report).toMatchObject({ ack: "AR", type: "ORU^R01", version: "2.5.1", controlId: "M1" });
  });
});

describe("a file", () => {
  const good = [header, patient, test, result];

  it("is judged message by message, with places in the file", () => {
    const bytes = bytesOf("BHS|^~\\&", ...good, header, patient, test, noStatus, ...good, "BTS|3");
    const report = hl7.validateAll(bytes, { profile: "tolerant" });
    expect(report.reports.map((one) => one.disposition)).toEqual(["take", "hold", "take"]);
    expect(report.disposition).toBe("hold");
    const issue = report.reports[1]?.issues[0];
    expect(issue).toMatchObject({ path: "OBX[1]-11", line: 9 });
    expect(Buffer.from(bytes).toString("utf8", 0, issue?.offset).split("\r")).toHaveLength(9);
  });

  it("keeps its good messages when one is damaged", () => {
    const report = hl7.validateAll(bytesOf(...good, "MSH|^~", ...good), { profile: "tolerant" });
    expect(report.reports.map((one) => one.disposition)).toEqual(["take", "refuse", "take"]);
  });

  it("is told from its trailer when messages were lost", () => {
    const report = hl7.validateAll(bytesOf("FHS|^~\\&", "BHS|^~\\&", ...good, "BTS|3", "FTS|2"));
    expect(report.envelope.map((issue) => [issue.code, issue.path, issue.severity, issue.hl7Error])).toEqual([
      ["batch-count", "BTS-1", "error", 207],
      ["batch-count", "FTS-1", "error", 207],
    ]);
    expect(report.valid).toBe(false);
    expect(hl7.validateAll(bytesOf("BHS|^~\\&", ...good, "BTS|3"), { profile: "tolerant" }).valid).toBe(true);
  });

  it("counts each batch on its own", () => {
    const bytes = bytesOf("FHS|^~\\&", "BHS|^~\\&", ...good, "BTS|1", "BHS|^~\\&", ...good, ...good, "BTS|2", "FTS|2");
    expect(hl7.validateAll(bytes).envelope).toEqual([]);
  });

  it("says when lines belong to no message", () => {
    const report = hl7.validateAll(bytesOf("BHS|^~\\&", "what is this", ...good, "BTS|1"));
    expect(report.envelope.map((issue) => issue.code)).toEqual(["batch-stray-lines"]);
  });

  it("has one report when there is no message in it", () => {
    for (const bytes of [new Uint8Array(), bytesOf("hello"), bytesOf("BHS|^~\\&", "BTS|0")]) {
      expect(hl7.validateAll(bytes).reports).toMatchObject([{ ack: null, disposition: "refuse" }]);
    }
  });
});
