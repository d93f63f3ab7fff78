import { describe, expect, it } from "vitest";
import { cutils, type Place } from "../../js/index.ts";
import { codeOf, keyOf, makeRing, place } from "./cutils-fixtures.ts";

// Everything a caller could hand over by mistake or on purpose, against every function: a code, never a crash, and the
// ring works on. `as never` is the caller without types.
const ring = makeRing();
const sealed = ring.seal("secret", place);

function detached(): Uint8Array {
  const bytes = new Uint8Array(64);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

class Liar extends Uint8Array {
  override get length(): number {
    return 1_000_000;
  }
  override get byteLength(): number {
    return 1_000_000;
  }
}

const notBytes: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["NaN", Number.NaN],
  ["a bigint", 7n],
  ["a symbol", Symbol("x")],
  ["a boolean", true],
  ["an array", [1, 2, 3]],
  ["an object with a length", { length: 45, 0: 1 }],
  ["an object made to look like bytes", Object.create(Uint8Array.prototype)],
  ["an ArrayBuffer", new ArrayBuffer(45)],
  ["a DataView", new DataView(new ArrayBuffer(45))],
  ["a Uint16Array", new Uint16Array(45)],
  ["an Int8Array", new Int8Array(45)],
  ["a Float64Array", new Float64Array(4)],
  ["a Proxy of bytes", new Proxy(new Uint8Array(45), {})],
  ["a function", () => new Uint8Array(45)],
  ["detached bytes", detached()],
];

const takesBytes: [string, (bytes: never) => unknown][] = [
  ["seal", (bytes) => ring.seal(bytes, place)],
  ["open", (bytes) => ring.open(bytes, place)],
  ["openBytes", (bytes) => ring.openBytes(bytes, place)],
  ["sealMany", (bytes) => ring.sealMany([{ ...place, text: bytes }])],
  ["openMany", (bytes) => ring.openMany([{ ...place, sealed: bytes }])],
  ["keyIdOf", (bytes) => ring.keyIdOf(bytes)],
  ["sha256", (bytes) => cutils.sha256(bytes)],
  ["sha256Hex", (bytes) => cutils.sha256Hex(bytes)],
  ["timingSafeEqual", (bytes) => cutils.timingSafeEqual(bytes, sealed)],
  ["timingSafeEqual's second", (bytes) => cutils.timingSafeEqual(sealed, bytes)],
  ["leaf", (bytes) => cutils.merkle.leaf(bytes)],
  ["root", (bytes) => cutils.merkle.root([bytes])],
  ["inclusionProof", (bytes) => cutils.merkle.inclusionProof([bytes], 0)],
  ["a key", (bytes) => new cutils.KeyRing({ keys: [{ id: 1, key: bytes, state: "active" }], indexKey: keyOf(1) })],
  ["an index key", (bytes) => new cutils.KeyRing({ keys: [], indexKey: bytes })],
  ["rotate", (bytes) => ring.rotate({ id: 77, key: bytes })],
];

describe.each(takesBytes)("%s", (_, call) => {
  it.each(notBytes)("refuses %s", (_, value) => {
    expect(codeOf(() => call(value as never))).toBe("bad-argument");
    expect(ring.open(sealed, place)).toBe("secret");
  });
});

describe("bytes that are not what they seem", () => {
  it("believes the memory, not a subclass that lies about its length", () => {
    const liar = new Liar(sealed);
    expect(ring.open(liar, place)).toBe("secret");
    expect(cutils.sha256Hex(new Liar(3))).toBe(cutils.sha256Hex(new Uint8Array(3)));
    expect(cutils.timingSafeEqual(new Liar(3), new Uint8Array(3))).toBe(true);
  });

  it("takes shared memory by copying it first, small and large", () => {
    for (const size of [45, 100_000]) {
      const shared = new Uint8Array(new SharedArrayBuffer(size)).fill(7);
      expect(ring.openBytes(ring.seal(shared, place), place)).toEqual(new Uint8Array(size).fill(7));
      expect(cutils.sha256Hex(shared)).toBe(cutils.sha256Hex(new Uint8Array(size).fill(7)));
      expect(cutils.timingSafeEqual(shared, new Uint8Array(size).fill(7))).toBe(true);
      const sharedSealed = new Uint8Array(new SharedArrayBuffer(size + 34));
      sharedSealed.set(ring.seal(new Uint8Array(size), place));
      expect(ring.openBytes(sharedSealed, place).length).toBe(size);
    }
  });

  it("takes a view into a larger buffer for what it shows", () => {
    const inside = new Uint8Array(200);
    inside.set(sealed, 100);
    expect(ring.open(inside.subarray(100, 100 + sealed.length), place)).toBe("secret");
    expect(ring.keyIdOf(inside.subarray(100, 100 + sealed.length))).toBe(1);
  });
});

const wrongNames: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 5],
  ["an object", {}],
  ["an object that turns into text", { toString: () => "patient" }],
  ["a String object", Object("patient")],
  ["nothing", ""],
  ["256 letters", "n".repeat(256)],
  ["128 two-byte letters", "é".repeat(128)],
  ["half of a surrogate pair", "a\ud800"],
];

describe.each(["tenant", "table", "column", "row"] as const)("a place whose %s is", (part) => {
  it.each(wrongNames)("%s is refused", (_, value) => {
    const wrong = { ...place, [part]: value } as Place;
    expect(codeOf(() => ring.seal("x", wrong))).toBe("bad-argument");
    expect(codeOf(() => ring.open(sealed, wrong))).toBe("bad-argument");
    expect(codeOf(() => ring.openBytes(sealed, wrong))).toBe("bad-argument");
    expect(codeOf(() => ring.sealMany([{ ...wrong, text: "x" }]))).toBe("bad-argument");
    expect(codeOf(() => ring.openMany([{ ...wrong, sealed }]))).toBe("bad-argument");
  });

  it("255 bytes is taken", () => {
    const longest = { ...place, [part]: "é".repeat(127).concat("x") };
    expect(ring.open(ring.seal("x", longest), longest)).toBe("x");
  });
});

describe("arguments of the wrong shape", () => {
  const wrong = undefined as never;
  it.each<[string, () => unknown]>([
    ["seal without a place", () => ring.seal("x", wrong)],
    ["open without a place", () => ring.open(sealed, null as never)],
    ["open of a text", () => ring.open("text" as never, place)],
    ["openBytes of a text", () => ring.openBytes("text" as never, place)],
    ["openMany of a text", () => ring.openMany([{ ...place, sealed: "text" as never }])],
    ["sealMany without a list", () => ring.sealMany(wrong)],
    ["sealMany with a hole", () => ring.sealMany([wrong])],
    ["openMany of an object", () => ring.openMany({ length: 1 } as never)],
    ["token without a field", () => ring.token("x", wrong)],
    ["token of bytes", () => ring.token(sealed as never, { tenant: "t", field: "f" })],
    ["token without a tenant", () => ring.token("x", { tenant: "", field: "f" })],
    ["token with a long field", () => ring.tokenHex("x", { tenant: "t", field: "f".repeat(256) })],
    ["token of half a surrogate pair", () => ring.tokenHex("\udc00", { tenant: "t", field: "f" })],
    ["half a surrogate pair", () => ring.seal("\ud83d", place)],
    ["half a surrogate pair in a large text", () => ring.seal(`${"a".repeat(100_000)}\ud83d`, place)],
    ["rotate without a key", () => ring.rotate(wrong)],
    ["rotate to a key of 31 bytes", () => ring.rotate({ id: 9, key: new Uint8Array(31) })],
    ["rotate to key -1", () => ring.rotate({ id: -1, key: keyOf(1) })],
    ["destroyKey of 1.5", () => ring.destroyKey(1.5)],
    ["destroyKey of 2^32", () => ring.destroyKey(2 ** 32)],
    ["a ring of nothing", () => new cutils.KeyRing(wrong)],
    ["a ring without keys", () => new cutils.KeyRing({ indexKey: keyOf(1) } as never)],
    ["a ring with an unknown state", () => makeRing([{ id: 1, key: keyOf(1), state: "toString" as never }])],
    ["a ring with a key of another type", () => makeRing([wrong])],
    ["a leaf that is no hash", () => cutils.merkle.root([new Uint8Array(31)])],
    ["leaves that are no list", () => cutils.merkle.root(wrong)],
    ["an index of -1", () => cutils.merkle.inclusionProof([keyOf(1)], -1)],
    ["an index that is no number", () => cutils.merkle.inclusionProof([keyOf(1)], "0" as never)],
  ])("%s is refused", (_, call) => {
    expect(codeOf(call)).toBe("bad-argument");
  });

  it("a claim of more than 2^53 leaves is refused", () => {
    const claim = { leaf: keyOf(1), index: 0, count: 2 ** 54, proof: [], root: keyOf(1) };
    expect(codeOf(() => cutils.merkle.verifyInclusion(claim))).toBe("bad-argument");
  });
});

describe("a getter that uses the ring in between", () => {
  it("changes nothing of what is sealed", () => {
    const busy = (row: string): Place => ({
      ...place,
      get row() {
        ring.sealMany(Array.from({ length: 50 }, (_, i) => ({ ...place, row: `x${i}`, text: "overwritten" })));
        ring.tokenHex("overwritten", { tenant: "overwritten", field: "overwritten" });
        return row;
      },
    });
    expect(ring.open(ring.seal("text", busy("a")), { ...place, row: "a" })).toBe("text");
    const items = ["a", "b", "c"].map((row) => Object.assign(busy(row), { text: `text ${row}` }));
    const many = ring.sealMany(items);
    many.forEach((one, i) => {
      const row = ["a", "b", "c"][i] ?? "";
      expect(ring.open(one, { ...place, row })).toBe(`text ${row}`);
    });
  });

  it("is answered with disposed when it disposes of the ring", () => {
    const gone = makeRing();
    const trap = {
      ...place,
      get row() {
        gone.dispose();
        return "r";
      },
    };
    expect(codeOf(() => gone.seal("x", trap))).toBe("disposed");
    const batched = makeRing();
    const item = {
      ...place,
      get text() {
        batched.dispose();
        return "x";
      },
    };
    expect(codeOf(() => batched.sealMany([item]))).toBe("disposed");
  });

  it("passes its own error on", () => {
    const trap = {
      ...place,
      get row(): string {
        throw new RangeError("mine");
      },
    };
    expect(() => ring.seal("x", trap)).toThrow(RangeError);
    expect(() => ring.sealMany([{ ...trap, text: "x" }])).toThrow(RangeError);
  });
});

describe("size", () => {
  it("refuses a text over 1 GiB without reading it", () => {
    const huge = new Uint8Array(2 ** 30 + 1);
    expect(codeOf(() => ring.seal(huge, place))).toBe("too-big");
    expect(codeOf(() => ring.sealMany([{ ...place, text: huge }]))).toBe("too-big");
    expect(codeOf(() => ring.open(new Uint8Array(2 ** 30 + 35), place))).toBe("too-big");
  });

  it("refuses four gigabytes", () => {
    const vast = new Uint8Array(2 ** 32 + 64);
    expect(codeOf(() => ring.seal(vast, place))).toBe("too-big");
    expect(codeOf(() => ring.open(vast, place))).toBe("too-big");
  });
});
