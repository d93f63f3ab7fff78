import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { header, patient, result, test } from "./hl7-fixtures.ts";

const upperHalf = Uint8Array.from({ length: 96 }, (_, i) => 0xa0 + i);

/** PID-5.1 of a message in the character set of MSH-18 whose family name is the given bytes. */
function nameIn(charset: string, name: Uint8Array): string | undefined {
  const [before = "", after = ""] = patient.split("Doe");
  const message = Buffer.concat([
    Buffer.from(`${header}||||||${charset}\r${before}`),
    name,
    Buffer.from(`${after}\r${test}\r${result}\r`),
  ]);
  return hl7.parse(message).get("PID-5.1");
}

describe("character sets", () => {
  it.each([
    ["8859/1", "iso-8859-1"],
    ["8859/2", "iso-8859-2"],
    ["8859/3", "iso-8859-3"],
    ["8859/4", "iso-8859-4"],
    ["8859/5", "iso-8859-5"],
    ["8859/6", "iso-8859-6"],
    ["8859/7", "iso-8859-7"],
    ["8859/8", "iso-8859-8"],
    ["8859/9", "iso-8859-9"],
    ["8859/15", "iso-8859-15"],
  ])("reads %s as the platform does", (named, label) => {
    const decoder = new TextDecoder(label);
    for (const byte of upperHalf) {
      const expected = decoder.decode(Uint8Array.of(byte));
      expect(nameIn(named, Uint8Array.of(byte))).toBe(expected);
    }
  });

  it("reads Windows-1252, and refuses to guess at its five holes", () => {
    const decoder = new TextDecoder("windows-1252");
    const holes = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
    for (let byte = 0x80; byte < 0xa0; byte++) {
      const expected = holes.includes(byte) ? "\ufffd" : decoder.decode(Uint8Array.of(byte));
      expect(nameIn("WINDOWS-1252", Uint8Array.of(byte))).toBe(expected);
    }
  });

  it("believes the bytes when they are UTF-8 and MSH-18 says otherwise", () => {
    for (const named of ["", "ASCII", "8859/1", "nonsense"])
      expect(nameIn(named, Buffer.from("Müller"))).toBe("Müller");
  });
});
