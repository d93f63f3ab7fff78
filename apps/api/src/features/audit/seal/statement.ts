import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import { canonicalJson } from "../../../core/canonical-json.ts";

/** What a seal says. Hashes are lower-case hexadecimal, times ISO 8601 with milliseconds, transaction ids decimal. */
export type SealStatement = {
  tenantId: string;
  number: number;
  epoch: number;
  fromXid: string;
  beforeXid: string;
  entries: number;
  firstAt: string;
  lastAt: string;
  /** Merkle root (RFC 9162) of the leaves, in the order of transaction and id. */
  root: string;
  /** The chain value of the seal before; 64 zeros for the first. */
  previous: string;
  sealedAt: string;
};

export type Seal = SealStatement & { chain: string; keyId: string; signature: Uint8Array };

/** What stands before the first seal. */
export const genesis = "0".repeat(64);
/** Says what the key signs, so that a signature made for anything else is none of a seal. */
const domain = "infirmary audit seal 1\n";

/** The chain value: SHA-256 of the statement as canonical JSON, which holds the value before it. */
export const chainOf = (statement: SealStatement): string =>
  createHash("sha256")
    .update(canonicalJson({ v: 1, ...statement }))
    .digest("hex");

export type Signer = { keyId: string; sign(chain: string): Buffer };

/** Signs chain values with an Ed25519 key (PKCS#8 PEM). The key's id is the beginning of the SHA-256 of its public half (SPKI, DER). */
export function signerOf(privatePem: string): Signer {
  const key = createPrivateKey(privatePem);
  if (key.asymmetricKeyType !== "ed25519") throw new Error("The key that seals the audit log must be an Ed25519 key.");
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    keyId: createHash("sha256").update(spki).digest("hex").slice(0, 16),
    sign: (chain) => sign(null, Buffer.from(domain + chain), key),
  };
}

/** The statement with its chain value, signed. */
export function seal(statement: SealStatement, signer: Signer): Seal {
  const chain = chainOf(statement);
  return { ...statement, chain, keyId: signer.keyId, signature: signer.sign(chain) };
}
