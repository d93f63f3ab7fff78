import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";

/** An entry of the log as it is stored, hashed and sealed. Ids are lower case, `at` has milliseconds. */
export type AuditRecord = {
  tenantId: string;
  id: string;
  at: string;
  userId: string | null;
  username: string | null;
  role: string | null;
  facilityId: string | null;
  sessionId: string | null;
  action: string;
  entity: string;
  entityId: string | null;
  patientId: string | null;
  outcome: "success" | "refused" | "failed";
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string | null;
  requestId: string;
  /** Salted SHA-256 of what a person wrote beside the deed (audit-words.ts); absent where nobody did. */
  wordsHash?: string;
};

/** What is hashed of an entry: every column a person put there, as canonical JSON. */
export const auditPayload = (record: AuditRecord): string => canonicalJson({ v: 1, ...record });

/** The entry's leaf in a Merkle tree: SHA-256(0x00 | payload) (RFC 9162, 2.1.1). */
export const auditLeaf = (payload: string): Buffer => hash("sha256", `\0${payload}`, "buffer");

/** The leaf's HMAC-SHA-256: whoever can write to the database but holds no key cannot make it. */
export function auditMac(key: Uint8Array, leaf: Uint8Array): Buffer {
  const prepared = preparedKeys.get(key) ?? createSecretKey(key);
  preparedKeys.set(key, prepared);
  return createHmac("sha256", prepared).update(leaf).digest();
}

/** Making OpenSSL's form of a key takes five times as long as the MAC under it. */
const preparedKeys = new WeakMap<Uint8Array, KeyObject>();
