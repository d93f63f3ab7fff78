import type { Tx } from "@infirmary/db/client";

type Owner = { tenantId: string; userId: string };
type Bytes = Uint8Array<ArrayBuffer>;

export function listPasskeys(tx: Tx, { tenantId, userId }: Owner) {
  return tx.passkey.findMany({ where: { tenantId, userId }, orderBy: { createdAt: "asc" } });
}

export function findPasskey(tx: Tx, { tenantId, userId, credentialId }: Owner & { credentialId: Bytes }) {
  return tx.passkey.findFirst({ where: { tenantId, userId, credentialId } });
}

/** Adds a passkey; false where the tenant knows the credential already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Owner & {
    id: string;
    credentialId: Bytes;
    publicKey: Bytes;
    counter: bigint;
    transports: string[];
    name: string;
    isBackedUp: boolean;
  },
): Promise<boolean> {
  return (await tx.passkey.createMany({ data: [passkey], skipDuplicates: true })).count === 1;
}

/** Notes a use. False where the count went backwards meanwhile: a copy of the key was used. */
export async function notePasskeyUse(
  tx: Tx,
  { tenantId, id, counter, at }: { tenantId: string; id: string; counter: bigint; at: Date },
): Promise<boolean> {
  const { count } = await tx.passkey.updateMany({
    where: { tenantId, id, counter: counter === 0n ? 0n : { lt: counter } },
    data: { counter, lastUsedAt: at },
  });
  return count === 1;
}

export async function renamePasskey(tx: Tx, { tenantId, userId, id, name }: Owner & { id: string; name: string }) {
  return (await tx.passkey.updateMany({ where: { tenantId, userId, id }, data: { name } })).count === 1;
}

/** Deletes one passkey, or all of the person. Answers how many. */
export async function deletePasskeys(tx: Tx, { tenantId, userId, id }: Owner & { id?: string }): Promise<number> {
  return (await tx.passkey.deleteMany({ where: { tenantId, userId, ...(id ? { id } : {}) } })).count;
}
