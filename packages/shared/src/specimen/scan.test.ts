import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { barcodeFromSequence, readScan } from "./index.ts";

describe("a scanned code", () => {
  it("is a tube's, an order's or a patient's number, or none of ours", () => {
    expect(readScan(` ${barcodeFromSequence(17).toLowerCase()} `)).toEqual({
      kind: "specimen",
      code: barcodeFromSequence(17),
    });
    expect(readScan(barcodeFromSequence(17).replace("S", "L"))?.kind).toBe("order");
    expect(readScan(barcodeFromSequence(17).slice(1))?.kind).toBe("patient");
    expect([readScan("4006381333931X"), readScan(""), readScan("S12")]).toEqual([null, null, null]);
  });

  it("with one digit misread is never another tube's", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9_999_999 }),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (sequence, at, by) => {
          const code = barcodeFromSequence(sequence);
          const place = 1 + (at % (code.length - 1));
          const misread = `${code.slice(0, place)}${(Number(code[place]) + by) % 10}${code.slice(place + 1)}`;
          expect(readScan(misread)).toBeNull();
        },
      ),
    );
  });
});
