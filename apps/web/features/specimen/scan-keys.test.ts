import { describe, expect, it } from "vitest";
import { ScanKeys } from "./scan-keys.ts";

const typed = (text: string, gapMs: number) => {
  const keys = new ScanKeys();
  let at = 1_000;
  let code: string | null = null;
  for (const key of [...text, "Enter"]) {
    at += gapMs;
    code = keys.press(key, at);
  }
  return code;
};

describe("a scan", () => {
  it("is told from typing by its pace", () => {
    expect(typed("S1000427", 8)).toBe("S1000427");
    expect(typed("S1000427", 120)).toBeNull();
    expect(typed("S10", 8)).toBeNull();
  });
  it("begins anew after a pause, so that what was typed before is no part of it", () => {
    const keys = new ScanKeys();
    keys.press("x", 0);
    [..."S1000427"].forEach((key, index) => void keys.press(key, 500 + index * 5));
    expect(keys.press("Enter", 545)).toBe("S1000427");
  });
});
