import { describe, expect, it } from "vitest";
import { formatSize, refusalOf, textOf } from "./file-check.ts";

describe("refusalOf", () => {
  it("takes messages, also framed, with a byte order mark or after an envelope", () => {
    for (const text of ["MSH|^~\\&|", "\vMSH|^~\\&|", "\u00ef\u00bb\u00bfMSH|", "FHS|x\rBHS|y\rMSH|z"])
      expect(refusalOf(text.length, text)).toBeNull();
  });
  it("says why it does not take anything else", () => {
    expect(refusalOf(0, "")).toBe("The file is empty.");
    expect(refusalOf(9, "Dear MSH|")).toMatch(/no HL7 message/);
    expect(refusalOf(6 * 1024 * 1024, "MSH|")).toMatch(/6\.0 MB; at most 5 MB/);
  });
});

it("keeps every byte as one character, however long the file", () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
  const text = textOf(bytes);
  expect(text).toHaveLength(20_000);
  expect([...text].every((character, index) => character.charCodeAt(0) === index % 256)).toBe(true);
});

it("names sizes in the unit people think in", () => {
  expect([12, 2048, 5 * 1024 * 1024].map(formatSize)).toEqual(["12 bytes", "2 KB", "5.0 MB"]);
});
