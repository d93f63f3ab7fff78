// The front of libcutils: sealed fields, search tokens, SHA-256 and Merkle proofs. docs/native.md says how to use them.

export type { OpenItem, SealItem } from "./cutils-batch.ts";
export { CutilsError, type CutilsErrorCode } from "./cutils-error.ts";
export { sha256, sha256Hex, timingSafeEqual } from "./cutils-hash.ts";
export type { ConsistencyClaim, InclusionClaim } from "./cutils-merkle.ts";
export * as merkle from "./cutils-merkle.ts";
export type { Place } from "./cutils-place.ts";
export { KeyRing, type RingKey, type TokenField } from "./cutils-ring.ts";
