// Merkle trees as RFC 9162, section 2.1, defines them. Hashes are 32 bytes; leaves are hashes made by `leaf`.
import { badArgument, requireArray, requireByteLength, requireWhole, stableBytes } from "./cutils-arguments.ts";
import { check, encodeText, layout, native, readBytes } from "./cutils-native.ts";

const HASH_BYTES = 32;
const PROOF_NODES_MAX = 65;

/** The leaf of an entry: SHA-256(0x00 | data). */
export function leaf(data: Uint8Array | string): Uint8Array<ArrayBuffer> {
  const bytes = typeof data === "string" ? encodeText(data) : stableBytes(data, "data");
  return readBytes(layout.outAt, check(native.merkleLeaf(bytes)));
}

/** The root of these leaves; of none, SHA-256 of nothing. */
export function root(leaves: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return readBytes(layout.outAt, check(native.merkleRoot(join(leaves, "leaves"))));
}

/** The audit path of leaf number `index` (from 0), from the leaf upwards. Throws `bad-argument` for an index outside. */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array<ArrayBuffer>[] {
  requireWhole(index, "index", Number.MAX_SAFE_INTEGER);
  return readProof(check(native.merkleInclusion(join(leaves, "leaves"), index)));
}

/** The proof that the tree of the first `oldCount` (1 to all) leaves is the beginning of the tree of all. */
export function consistencyProof(leaves: readonly Uint8Array[], oldCount: number): Uint8Array<ArrayBuffer>[] {
  requireWhole(oldCount, "oldCount", Number.MAX_SAFE_INTEGER);
  return readProof(check(native.merkleConsistency(join(leaves, "leaves"), oldCount)));
}

/** What is claimed of a leaf. */
export interface InclusionClaim {
  readonly leaf: Uint8Array;
  readonly index: number;
  /** The number of leaves of the tree. */
  readonly count: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether the proof shows that the leaf is in the tree, at that place. False for every proof that does not. */
export function verifyInclusion(claim: InclusionClaim): boolean {
  const { leaf, index, count, proof, root } = claim;
  requireWhole(index, "index", Number.MAX_SAFE_INTEGER);
  requireWhole(count, "count", Number.MAX_SAFE_INTEGER);
  const path = joinProof(proof);
  const [one, whole] = [hash(leaf, "leaf"), hash(root, "root")];
  return path !== undefined && check(native.merkleVerifyInclusion(one, index, count, path, whole)) === 1;
}

/** What is claimed of two trees. */
export interface ConsistencyClaim {
  readonly oldCount: number;
  readonly oldRoot: Uint8Array;
  readonly count: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the proof shows that the old tree is the beginning of the new one: nothing in it was changed or removed.
 * An old tree of no leaves is never proved; decide about it without a proof.
 */
export function verifyConsistency(claim: ConsistencyClaim): boolean {
  const { oldCount, oldRoot, count, root, proof } = claim;
  requireWhole(oldCount, "oldCount", Number.MAX_SAFE_INTEGER);
  requireWhole(count, "count", Number.MAX_SAFE_INTEGER);
  const path = joinProof(proof);
  const [old, whole] = [hash(oldRoot, "oldRoot"), hash(root, "root")];
  return path !== undefined && check(native.merkleVerifyConsistency(oldCount, count, path, old, whole)) === 1;
}

function hash(value: Uint8Array, name: string): Uint8Array {
  requireByteLength(value, name, HASH_BYTES);
  return stableBytes(value, name);
}

/** One hash after the other, in memory of our own. */
function join(hashes: readonly Uint8Array[], name: string): Uint8Array {
  requireArray(hashes, name);
  const joined = new Uint8Array(hashes.length * HASH_BYTES);
  for (let i = 0; i < hashes.length; i++) {
    const one = hashes[i];
    if (!one) throw badArgument(`${name}[${i}]`, "a Uint8Array");
    requireByteLength(one, `${name}[${i}]`, HASH_BYTES);
    joined.set(one, i * HASH_BYTES);
  }
  return joined;
}

/** undefined: too long to prove anything. */
function joinProof(proof: readonly Uint8Array[]): Uint8Array | undefined {
  requireArray(proof, "proof");
  return proof.length > PROOF_NODES_MAX ? undefined : join(proof, "proof");
}

function readProof(bytes: number): Uint8Array<ArrayBuffer>[] {
  const proof: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes; at += HASH_BYTES) proof.push(readBytes(layout.outAt + at, HASH_BYTES));
  return proof;
}
