import { describe, expect, it } from "vitest";
import { base64Of, bornText, editable, mended } from "./message-text.ts";

const raw = (bytes: Uint8Array) => String.fromCharCode(...bytes);

describe("a message to mend", () => {
  it("keeps its character set and its segment ends", () => {
    const utf8 = raw(new TextEncoder().encode("MSH|^~\\&|Ü\rPID|1\r"));
    expect(editable(utf8)).toBe("MSH|^~\\&|Ü\nPID|1");
    expect(raw(mended(editable(utf8), utf8))).toBe(utf8);
    const latin1 = "MSH|^~\\&|\xdc\rPID|1\r";
    expect(editable(latin1)).toBe("MSH|^~\\&|Ü\nPID|1");
    expect(raw(mended("MSH|^~\\&|Ü\nPID|2", latin1))).toBe("MSH|^~\\&|\xdc\rPID|2\r");
  });

  it("shows a birth date as people read it, and anything else as it stands there", () => {
    expect(["19290717", "1929", "DOB", "20231340", "", null].map(bornText)).toEqual([
      "17-Jul-1929",
      "1929",
      "DOB",
      "20231340",
      "Not known",
      "Not known",
    ]);
  });

  it("travels as base64", () => {
    expect(base64Of(new Uint8Array([0, 255, 13]))).toBe("AP8N");
  });
});
