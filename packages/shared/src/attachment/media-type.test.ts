import fc from "fast-check";
import { expect, it } from "vitest";
import { fitsName, mediaTypeOf } from "./media-type.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

it("knows a file by its bytes and not by its name", () => {
  expect(mediaTypeOf(bytesOf("%PDF-1.7\n"))).toBe("application/pdf");
  expect(mediaTypeOf(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe("image/jpeg");
  expect(mediaTypeOf(new Uint8Array([...new Uint8Array(128), ...bytesOf("DICM")]))).toBe("application/dicom");
  expect(mediaTypeOf(bytesOf("Grüße\n"))).toBe("text/plain");
  expect(mediaTypeOf(bytesOf("MZ\u0000\u0003"))).toBeNull();
  expect(mediaTypeOf(bytesOf("PK\u0003\u0004"))).toBeNull();
  expect(mediaTypeOf(new Uint8Array())).toBeNull();
  expect(fitsName("image/jpeg", "Scan.JPEG")).toBe(true);
  expect(fitsName("application/pdf", "scan.pdf.exe")).toBe(false);
});

it("never fails, whatever the bytes", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => mediaTypeOf(bytes) === null || bytes.length > 0));
});
