import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutils } from "../../js/index.ts";
import { codeOf, makeRing } from "./cutils-fixtures.ts";

const ring = makeRing();
const text = fc.string({ unit: "grapheme", maxLength: 300 });
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter((part) => Buffer.byteLength(part) <= 255);
const place = fc.record({ tenant: name, table: name, column: name, row: name });

describe("for any text and place", () => {
  it("opening undoes sealing", () => {
    fc.assert(
      fc.property(text, place, (one, where) => ring.open(ring.seal(one, where), where) === one),
      { numRuns: 2_000 },
    );
  });

  it("a value opens in its own place alone", () => {
    fc.assert(
      fc.property(text, place, place, (one, where, elsewhere) => {
        fc.pre(JSON.stringify(where) !== JSON.stringify(elsewhere));
        expect(codeOf(() => ring.open(ring.seal(one, where), elsewhere))).toBe("open-failed");
      }),
      { numRuns: 1_000 },
    );
  });

  it("a batch is the same as its items", () => {
    const items = fc.array(fc.tuple(text, place), { maxLength: 40 });
    fc.assert(
      fc.property(items, (list) => {
        const sealed = ring.sealMany(list.map(([one, where]) => ({ ...where, text: one })));
        const opened = ring.openMany(list.map(([, where], i) => ({ ...where, sealed: sealed[i] ?? new Uint8Array() })));
        expect(opened).toEqual(list.map(([one]) => one));
        list.forEach(([one, where], i) => {
          expect(ring.open(sealed[i] ?? new Uint8Array(), where)).toBe(one);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("bytes that nobody sealed never open", () => {
    const anything = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(anything, place, (bytes, where) => {
        expect(codeOf(() => ring.open(bytes, where))).toMatch(/^(malformed-envelope|unknown-key|open-failed)$/);
        const framed = new Uint8Array([1, 1, 0, 0, 0, 1, ...bytes]);
        expect(codeOf(() => ring.open(framed, where))).toMatch(/^(malformed-envelope|open-failed)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it("tokens are equal exactly when tenant, field and value are", () => {
    const question = fc.record({ value: text, tenant: name, field: name });
    fc.assert(
      fc.property(question, question, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(ring.tokenHex(a.value, a) === ring.tokenHex(b.value, b)).toBe(same);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("for any log of entries", () => {
  const entries = fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 60 });

  it("every entry is proved and every growth is", () => {
    fc.assert(
      fc.property(entries, fc.nat(), (log, pick) => {
        const leaves = log.map((entry) => cutils.merkle.leaf(entry));
        const [count, index, root] = [leaves.length, pick % leaves.length, cutils.merkle.root(leaves)];
        const proof = cutils.merkle.inclusionProof(leaves, index);
        const leaf = cutils.merkle.leaf(log[index] ?? "");
        expect(cutils.merkle.verifyInclusion({ leaf, index, count, proof, root })).toBe(true);
        const oldCount = index + 1;
        const oldRoot = cutils.merkle.root(leaves.slice(0, oldCount));
        const growth = cutils.merkle.consistencyProof(leaves, oldCount);
        expect(cutils.merkle.verifyConsistency({ oldCount, oldRoot, count, root, proof: growth })).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
