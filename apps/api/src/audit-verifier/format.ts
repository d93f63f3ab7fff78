import { createHash, createHmac, createPublicKey, type KeyObject, verify } from "node:crypto";

// The log's format, written down a second time and without a line of the code that writes it: whoever checks must not
// trust the one who wrote. docs/audit.md is the description both follow.

/** SHA-256 as lower-case hexadecimal. */
export const sha256 = (...parts: (string | Uint8Array)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

/** RFC 8785, for values that came out of JSON. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}

/** The leaf of an entry, from its columns: hexadecimal. */
export const leafOf = (record: Record<string, unknown>): string => sha256("\0", canonical({ ...record, v: 1 }));

/** The MAC of a leaf: hexadecimal. */
export const macOf = (key: Uint8Array, leaf: string): string =>
  createHmac("sha256", key).update(Buffer.from(leaf, "hex")).digest("hex");

/** The Merkle tree hash of RFC 9162, 2.1.1, over leaves (hexadecimal). */
export function merkleRoot(leaves: readonly string[]): string {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return leaves[0] ?? "";
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  const [left, right] = [merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split))];
  return sha256(Buffer.from([1]), Buffer.from(left, "hex"), Buffer.from(right, "hex"));
}

/** Public keys that may seal, by id, from PEM blocks (public, or private ones whose public half is taken). */
export function sealKeysOf(pem: string): Map<string, KeyObject> {
  const blocks = pem.match(/-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g) ?? [];
  return new Map(
    blocks.map((block) => {
      const key = createPublicKey(block);
      return [sha256(key.export({ type: "spki", format: "der" })).slice(0, 16), key];
    }),
  );
}

/** Whether the key made the signature (base64) of a chain value. */
export const isSignedBy = (key: KeyObject, chain: string, signature: string): boolean =>
  verify(null, Buffer.from(`infirmary audit seal 1\n${chain}`), key, Buffer.from(signature, "base64"));
