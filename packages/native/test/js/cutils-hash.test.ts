import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { cutils } from "../../js/index.ts";
import { codeOf } from "./cutils-fixtures.ts";

const { merkle } = cutils;

describe("SHA-256", () => {
  it.each(["", "abc", "a".repeat(25), "é", "x".repeat(65_536), "渡".repeat(50_000), "z".repeat(1_000_000)])(
    "is Node's own, of text and of bytes",
    (text) => {
      const expected = createHash("sha256").update(text).digest("hex");
      expect(cutils.sha256Hex(text)).toBe(expected);
      expect(cutils.sha256Hex(Buffer.from(text))).toBe(expected);
      expect(Buffer.from(cutils.sha256(text)).toString("hex")).toBe(expected);
      expect(Buffer.from(cutils.sha256(Buffer.from(text))).toString("hex")).toBe(expected);
    },
  );
});

describe("timingSafeEqual", () => {
  it("compares bytes and lengths", () => {
    const bytes = new Uint8Array([1, 2, 3]);
    expect(cutils.timingSafeEqual(bytes, Buffer.from([1, 2, 3]))).toBe(true);
    expect(cutils.timingSafeEqual(bytes, new Uint8Array([1, 2, 4]))).toBe(false);
    expect(cutils.timingSafeEqual(bytes, new Uint8Array([1, 2]))).toBe(false);
    expect(cutils.timingSafeEqual(new Uint8Array(), new Uint8Array())).toBe(true);
  });
});

describe("Merkle trees", () => {
  const leaves = Array.from({ length: 21 }, (_, i) => merkle.leaf(`entry ${i}`));
  const rootOf = (count: number) => merkle.root(leaves.slice(0, count));

  it("give the published roots of Certificate Transparency's reference tree", () => {
    const entries = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ];
    const tree = entries.map((entry) => merkle.leaf(Buffer.from(entry, "hex")));
    expect(Buffer.from(merkle.root(tree)).toString("hex")).toBe(
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    );
    expect(Buffer.from(merkle.root([])).toString("hex")).toBe(createHash("sha256").digest("hex"));
  });

  it("prove every leaf, and no other", () => {
    const root = rootOf(21);
    leaves.forEach((leaf, index) => {
      const proof = merkle.inclusionProof(leaves, index);
      expect(merkle.verifyInclusion({ leaf, index, count: 21, proof, root })).toBe(true);
      expect(merkle.verifyInclusion({ leaf, index: (index + 1) % 21, count: 21, proof, root })).toBe(false);
      expect(merkle.verifyInclusion({ leaf, index, count: 21, proof: proof.slice(1), root })).toBe(false);
    });
  });

  it("prove their growth, and find a changed and a removed entry", () => {
    for (let oldCount = 1; oldCount <= 21; oldCount++) {
      const claim = { oldCount, oldRoot: rootOf(oldCount), count: 21, root: rootOf(21) };
      const proof = merkle.consistencyProof(leaves, oldCount);
      expect(merkle.verifyConsistency({ ...claim, proof })).toBe(true);
      const changed = leaves.with(0, merkle.leaf("another entry"));
      const forged = merkle.consistencyProof(changed, oldCount);
      expect(merkle.verifyConsistency({ ...claim, root: merkle.root(changed), proof: forged })).toBe(false);
      const removed = leaves.slice(1);
      if (oldCount > 20) continue;
      const short = merkle.consistencyProof(removed, oldCount);
      expect(merkle.verifyConsistency({ ...claim, count: 20, root: merkle.root(removed), proof: short })).toBe(false);
    }
  });

  it("answer false, not an error, to a proof of any length", () => {
    const [leaf, root] = [rootOf(1), rootOf(21)];
    for (const length of [0, 1, 64, 65, 66, 5_000]) {
      const proof = Array.from({ length }, () => leaf);
      expect(merkle.verifyInclusion({ leaf, index: 3, count: 21, proof, root })).toBe(false);
      expect(merkle.verifyConsistency({ oldCount: 3, oldRoot: leaf, count: 21, proof, root })).toBe(false);
    }
  });

  it("refuse questions about leaves they do not have", () => {
    expect(codeOf(() => merkle.inclusionProof(leaves, 21))).toBe("bad-argument");
    expect(codeOf(() => merkle.inclusionProof([], 0))).toBe("bad-argument");
    expect(codeOf(() => merkle.consistencyProof(leaves, 0))).toBe("bad-argument");
    expect(codeOf(() => merkle.consistencyProof(leaves, 22))).toBe("bad-argument");
  });
});
