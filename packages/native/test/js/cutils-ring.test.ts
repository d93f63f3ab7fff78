import { createDecipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cutils } from "../../js/index.ts";
import { codeOf, errorOf, keyOf, makeRing, place } from "./cutils-fixtures.ts";

describe("sealing and opening", () => {
  it.each([
    ["an identifier", "123-45-6789"],
    ["nothing", ""],
    ["other languages", "Müller-Ōta 渡辺 😀"],
    ["a byte order mark, which is text like any other", "\ufeffx"],
    ["a NUL", "a\0b"],
    ["25 letters", "abcdefghijklmnopqrstuvwxy"],
    ["130 letters", "a".repeat(130)],
    ["130 letters and an accent", `${"a".repeat(130)}é`],
    ["64 KiB", "x".repeat(65_536)],
    ["64 KiB of three-byte letters", "渡".repeat(65_536)],
    ["a megabyte", `${"y".repeat(1_000_000)}é`],
  ])("gives back %s", (_, text) => {
    const ring = makeRing();
    const sealed = ring.seal(text, place);
    expect(sealed.length).toBe(Buffer.byteLength(text) + 34);
    expect(ring.open(sealed, place)).toBe(text);
    expect(ring.openMany(ring.sealMany([{ ...place, text }]).map((one) => ({ ...place, sealed: one })))).toEqual([
      text,
    ]);
  });

  it("gives back bytes, of any length and from a Buffer too", () => {
    const ring = makeRing();
    for (const length of [0, 1, 45, 65, 70_000]) {
      const bytes = Buffer.alloc(length, 0xfe);
      expect(ring.openBytes(ring.seal(bytes, place), place)).toEqual(new Uint8Array(bytes));
    }
  });

  it("writes an envelope that another implementation opens", () => {
    const sealed = makeRing().seal("123-45-6789", place);
    const part = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
    const names = ["v1", "clinic-north", "patient", "ssn", "r1"].map((name) => part(Buffer.from(name)));
    const aad = Buffer.concat([...names, part(Buffer.from([0, 0, 0, 1]))]);
    const decipher = createDecipheriv("aes-256-gcm", keyOf(0x11), sealed.subarray(6, 18)).setAAD(aad);
    decipher.setAuthTag(sealed.subarray(-16));
    expect(decipher.update(sealed.subarray(18, -16), undefined, "utf8") + decipher.final("utf8")).toBe("123-45-6789");
  });

  it("never seals the same text to the same bytes", () => {
    const ring = makeRing();
    const seen = new Set(Array.from({ length: 2_000 }, () => Buffer.from(ring.seal("x", place)).toString("hex")));
    expect(seen.size).toBe(2_000);
  });

  it.each(["tenant", "table", "column", "row"] as const)("does not open with another %s", (part) => {
    const ring = makeRing();
    const sealed = ring.seal("secret", place);
    expect(codeOf(() => ring.open(sealed, { ...place, [part]: "other" }))).toBe("open-failed");
    expect(codeOf(() => ring.openBytes(sealed, { ...place, [part]: "other" }))).toBe("open-failed");
  });

  it("refuses every flipped bit, large values included", () => {
    const ring = makeRing();
    const sealed = ring.seal("secret", place);
    for (let bit = 48; bit < sealed.length * 8; bit++) {
      const flipped = sealed.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(codeOf(() => ring.open(flipped, place))).toBe("open-failed");
    }
    const large = ring.seal("z".repeat(100_000), place);
    large[50_000] = (large[50_000] ?? 0) ^ 1;
    expect(codeOf(() => ring.open(large, place))).toBe("open-failed");
  });

  it("says not-text when bytes were sealed, and leaves openBytes to read them", () => {
    const ring = makeRing();
    const sealed = ring.seal(new Uint8Array([0xff, 0xfe]), place);
    expect(codeOf(() => ring.open(sealed, place))).toBe("not-text");
    expect(codeOf(() => ring.openMany([{ ...place, sealed }]))).toBe("not-text");
    expect(ring.openBytes(sealed, place)).toEqual(new Uint8Array([0xff, 0xfe]));
  });

  it("keeps no copy of a result in memory that a caller can reach", () => {
    const ring = makeRing();
    const sealed = ring.seal("secret", place);
    expect(sealed.buffer.byteLength).toBe(sealed.length);
    expect(ring.openBytes(sealed, place).buffer.byteLength).toBe(6);
  });
});

describe("batches", () => {
  const items = Array.from({ length: 1_000 }, (_, i) => ({
    ...place,
    row: `r${i}`,
    text: i % 7 ? `text ${i}` : `ünïcode ${i}`,
  }));

  it("gives back a thousand values in their order", () => {
    const ring = makeRing();
    const sealed = ring.sealMany(items);
    expect(ring.openMany(items.map((item, i) => ({ ...item, sealed: sealed[i] as Uint8Array })))).toEqual(
      items.map(({ text }) => text),
    );
    expect(ring.open(sealed[700] as Uint8Array, { ...place, row: "r700" })).toBe("ünïcode 700");
  });

  it("takes small and large values mixed", () => {
    const ring = makeRing();
    const texts = ["a", "b".repeat(200_000), "c", "d".repeat(60_000), "e".repeat(60_000), "", "é".repeat(70_000)];
    const sealed = ring.sealMany(texts.map((text) => ({ ...place, text })));
    expect(ring.openMany(sealed.map((one) => ({ ...place, sealed: one })))).toEqual(texts);
  });

  it("takes an empty list", () => {
    expect(makeRing().sealMany([])).toEqual([]);
    expect(makeRing().openMany([])).toEqual([]);
  });

  it("names the first item that fails and returns none", () => {
    const ring = makeRing();
    const sealed = ring.sealMany(items).map((one, i) => ({ ...place, row: `r${i}`, sealed: one }));
    (sealed[300] as { row: string }).row = "moved";
    (sealed[600] as { row: string }).row = "moved";
    const error = errorOf(() => ring.openMany(sealed));
    expect(error.code).toBe("open-failed");
    expect(error.index).toBe(300);
    expect(errorOf(() => ring.openMany([{ ...place, sealed: new Uint8Array(90_000) }])).index).toBe(0);
    expect(
      errorOf(() =>
        ring.sealMany([
          { ...place, text: "" },
          { ...place, text: "", row: "" },
        ]),
      ).index,
    ).toBe(1);
  });
});

describe("keys", () => {
  const keys = [
    { id: 1, key: keyOf(1), state: "active" },
    { id: 2, key: keyOf(2), state: "decrypt-only" },
    { id: 3, key: keyOf(3), state: "destroyed" },
  ] as const;

  it("names the key of a sealed value", () => {
    const sealed = makeRing([{ id: 4_000_000_000, key: keyOf(9), state: "active" }]).seal("x", place);
    expect(makeRing().keyIdOf(sealed)).toBe(4_000_000_000);
  });

  it("opens with an older key and seals with the active one", () => {
    const old = makeRing([{ id: 2, key: keyOf(2), state: "active" }]).seal("old", place);
    const ring = makeRing(keys);
    expect(ring.open(old, place)).toBe("old");
    expect(ring.keyIdOf(ring.seal("new", place))).toBe(1);
  });

  it("tells an unknown key from a destroyed one", () => {
    const ring = makeRing(keys);
    const sealed = ring.seal("x", place);
    sealed[5] = 3;
    expect(codeOf(() => ring.open(sealed, place))).toBe("key-destroyed");
    sealed[5] = 4;
    expect(codeOf(() => ring.open(sealed, place))).toBe("unknown-key");
  });

  it("rotates without losing what was sealed", () => {
    const ring = makeRing();
    const before = ring.seal("before", place);
    ring.rotate({ id: 2, key: keyOf(2) });
    expect(ring.keyIdOf(ring.seal("after", place))).toBe(2);
    expect(ring.open(before, place)).toBe("before");
    expect(codeOf(() => ring.rotate({ id: 1, key: keyOf(3) }))).toBe("bad-keys");
  });

  it("destroys a key and what it sealed", () => {
    const ring = makeRing();
    const sealed = ring.seal("gone", place);
    ring.destroyKey(1);
    expect(codeOf(() => ring.open(sealed, place))).toBe("key-destroyed");
    expect(codeOf(() => ring.seal("x", place))).toBe("no-active-key");
    expect(codeOf(() => ring.destroyKey(8))).toBe("unknown-key");
  });

  it("refuses rings that make no sense", () => {
    const key = keyOf(1);
    expect(
      codeOf(() =>
        makeRing([
          { id: 1, key, state: "active" },
          { id: 2, key, state: "active" },
        ]),
      ),
    ).toBe("bad-keys");
    expect(
      codeOf(() =>
        makeRing([
          { id: 1, key, state: "active" },
          { id: 1, key, state: "destroyed" },
        ]),
      ),
    ).toBe("bad-keys");
    const many = Array.from({ length: 257 }, (_, id) => ({ id, key, state: "decrypt-only" as const }));
    expect(codeOf(() => makeRing(many))).toBe("bad-keys");
    expect(makeRing(many.slice(1))).toBeInstanceOf(cutils.KeyRing);
  });

  it("does nothing more after dispose, which may be repeated", () => {
    const ring = makeRing();
    const sealed = ring.seal("x", place);
    ring.dispose();
    ring.dispose();
    for (const call of [
      () => ring.seal("x", place),
      () => ring.open(sealed, place),
      () => ring.openBytes(sealed, place),
      () => ring.sealMany([{ ...place, text: "x" }]),
      () => ring.openMany([{ ...place, sealed }]),
      () => ring.token("x", { tenant: "t", field: "f" }),
      () => ring.rotate({ id: 5, key: keyOf(5) }),
      () => ring.destroyKey(1),
    ]) {
      expect(codeOf(call)).toBe("disposed");
    }
  });

  it("keeps rings apart when one takes the place of a disposed one", () => {
    const first = makeRing();
    const sealed = first.seal("x", place);
    first.dispose();
    const second = makeRing([{ id: 1, key: keyOf(2), state: "active" }]);
    expect(codeOf(() => first.open(sealed, place))).toBe("disposed");
    expect(codeOf(() => second.open(sealed, place))).toBe("open-failed");
  });

  it("keeps working when more columns and fields are used than it prepares at a time", () => {
    const ring = makeRing();
    const first = ring.seal("first", place);
    const token = ring.tokenHex("v", { tenant: "t", field: "f" });
    for (let i = 0; i < 3_000; i++) {
      const elsewhere = { ...place, column: `c${i}` };
      expect(ring.open(ring.seal("x", elsewhere), elsewhere)).toBe("x");
      ring.token("v", { tenant: `t${i}`, field: "f" });
    }
    expect(ring.open(first, place)).toBe("first");
    expect(ring.tokenHex("v", { tenant: "t", field: "f" })).toBe(token);
  });
});

describe("tokens", () => {
  const ring = makeRing();

  it("are equal for equal values of one tenant and field, and nowhere else", () => {
    const token = ring.tokenHex("123456789", { tenant: "t1", field: "ssn" });
    expect(ring.tokenHex("123456789", { tenant: "t1", field: "ssn" })).toBe(token);
    expect(Buffer.from(ring.token("123456789", { tenant: "t1", field: "ssn" })).toString("hex")).toBe(token);
    expect(ring.tokenHex("123456789", { tenant: "t2", field: "ssn" })).not.toBe(token);
    expect(ring.tokenHex("123456789", { tenant: "t1", field: "mrn" })).not.toBe(token);
    expect(ring.tokenHex("123456780", { tenant: "t1", field: "ssn" })).not.toBe(token);
    expect(makeRing(undefined, keyOf(9)).tokenHex("123456789", { tenant: "t1", field: "ssn" })).not.toBe(token);
  });

  it("survive a rotation of the sealing keys", () => {
    const rotated = makeRing();
    const before = rotated.tokenHex("1", { tenant: "t", field: "f" });
    rotated.rotate({ id: 2, key: keyOf(2) });
    expect(rotated.tokenHex("1", { tenant: "t", field: "f" })).toBe(before);
  });

  it("are refused for a value nobody would look for", () => {
    expect(codeOf(() => ring.token("x".repeat(65_537), { tenant: "t", field: "f" }))).toBe("too-big");
  });
});
