import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { errorOf, goodMessage } from "./hl7-fixtures.ts";

const framed = hl7.frame(goodMessage);
const texts = (frames: Uint8Array[]): string[] => frames.map((one) => Buffer.from(one).toString());
const good = Buffer.from(goodMessage).toString();

describe("the MLLP framer", () => {
  it("takes a message a byte at a time", () => {
    const framer = new hl7.Framer();
    const frames = [...framed].flatMap((byte) => framer.push(Uint8Array.of(byte)));
    expect(texts(frames)).toEqual([good]);
  });

  it("takes many messages in one piece, and one that is not complete yet with the next", () => {
    const framer = new hl7.Framer();
    const stream = Buffer.concat([framed, framed, framed]);
    expect(texts(framer.push(stream.subarray(0, -10)))).toEqual([good, good]);
    expect(texts(framer.push(stream.subarray(-10)))).toEqual([good]);
  });

  it("takes a message as large as the limit and none that is larger", () => {
    const bytesMax = 100_000;
    const fits = new hl7.Framer({ bytesMax });
    expect(fits.push(hl7.frame(new Uint8Array(bytesMax).fill(65)))).toHaveLength(1);
    const tooLong = new hl7.Framer({ bytesMax });
    expect(tooLong.push(hl7.frame(new Uint8Array(bytesMax + 1).fill(65)))).toEqual([]);
    expect(tooLong.fault?.code).toBe("message-too-big");
  });

  it("returns what came before a fault, then refuses", () => {
    const framer = new hl7.Framer();
    expect(texts(framer.push(Buffer.concat([framed, Buffer.from("GET / HTTP/1.1")])))).toEqual([good]);
    expect(framer.fault?.code).toBe("frame-invalid");
    expect(errorOf(() => framer.push(framed)).code).toBe("frame-invalid");
  });

  it("gives messages that do not change when the next one arrives", () => {
    const framer = new hl7.Framer();
    const [first] = framer.push(framed);
    framer.push(hl7.frame(Buffer.from("X".repeat(good.length))));
    expect(texts([first ?? new Uint8Array()])).toEqual([good]);
  });

  it("refuses to frame what holds frame bytes", () => {
    for (const byte of [0x0b, 0x1c])
      expect(errorOf(() => hl7.frame(Uint8Array.of(65, byte))).code).toBe("frame-invalid");
  });

  it.each([0, -1, 1.5, Number.NaN, 11_000_000])("refuses %d as a limit", (bytesMax) => {
    expect(errorOf(() => new hl7.Framer({ bytesMax })).code).toBe("argument-invalid");
  });
});
