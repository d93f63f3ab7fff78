// What the hl7 tests share: messages, and catching an error to look at.
import { readdirSync, readFileSync } from "node:fs";
import { hl7 } from "../../js/index.ts";

export const bytesOf = (...lines: string[]): Uint8Array => Buffer.from(`${lines.join("\r")}\r`, "utf8");

export const header = "MSH|^~\\&|LAB|MAIN|EHR|WARD|20260419101500||ORU^R01^ORU_R01|M1|P|2.5.1";
export const patient = "PID|1||4711^^^MAIN^MR||Doe^Jane||19800102|F";
export const test = "OBR|1|ORD-1|F-1|718-7^Hemoglobin^LN|||20260419090000|||||||||||||||20260419100000|||F";
export const result = "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL|12-16|N|||F";

/** A message that a strict receiver accepts and a tolerant one takes as it is. */
export const goodMessage = bytesOf(header, patient, test, result);

/** The error that the work throws; the test fails when it throws none, or one that is not ours. */
export function errorOf(work: () => unknown): hl7.Hl7Error {
  try {
    work();
  } catch (error) {
    if (error instanceof hl7.Hl7Error) return error;
    throw error;
  }
  throw new Error("it did not throw");
}

/** A message of test/cases/hl7val and what is expected of it. */
export type GoldenCase = { title: string; bytes: Uint8Array; expected: string[] };

/** Reads one file of golden cases; test/c/hl7val_cases.h reads the same. */
export function goldenCases(file: URL): GoldenCase[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^## (.+)\n\n```hl7\n([\s\S]*?)\n```\n\n```expect\n([\s\S]*?)\n```$/gm)].map(
    ([, title = "", message = "", expected = ""]) => ({
      title,
      bytes: messageOf(message),
      expected: expected.split("\n"),
    }),
  );
}

function messageOf(block: string): Uint8Array {
  const lines = block.split("\n").map((line) => (/<(?:[0-9A-F]{2})?>$/.test(line) ? line : `${line}\r`));
  const binary = lines
    .join("")
    .replaceAll("<>", "")
    .replace(/<([0-9A-F]{2})>/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(binary, "latin1");
}

export const filesIn = (folder: URL): string[] => readdirSync(folder).sort();
