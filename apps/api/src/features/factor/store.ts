import type { Tx } from "@infirmary/db/client";

type Owner = { tenantId: string; userId: string };

export function findTotp(tx: Tx, { tenantId, userId }: Owner) {
  return tx.totpFactor.findFirst({ where: { tenantId, userId } });
}

/** Puts a seed in the place of one that was never confirmed; answers whether it could. */
export async function putUnconfirmedTotp(
  tx: Tx,
  { tenantId, userId, seedSealed, at }: Owner & { seedSealed: Uint8Array<ArrayBuffer>; at: Date },
): Promise<boolean> {
  const { count } = await tx.totpFactor.updateMany({
    where: { tenantId, userId, confirmedAt: null },
    data: { seedSealed, createdAt: at, lastStep: 0 },
  });
  if (count === 1) return true;
  const added = await tx.totpFactor.createMany({
    data: [{ tenantId, userId, seedSealed, createdAt: at }],
    skipDuplicates: true,
  });
  return added.count === 1;
}

/** Takes a step for used, once; with `confirmedAt`, the factor counts from now on. False where it or a later one was used. */
export async function spendStep(
  tx: Tx,
  { tenantId, userId, step, confirmedAt }: Owner & { step: number; confirmedAt?: Date },
): Promise<boolean> {
  const { count } = await tx.totpFactor.updateMany({
    where: { tenantId, userId, lastStep: { lt: step }, confirmedAt: confirmedAt ? null : { not: null } },
    data: { lastStep: step, ...(confirmedAt ? { confirmedAt } : {}) },
  });
  return count === 1;
}

export async function deleteTotp(tx: Tx, { tenantId, userId }: Owner): Promise<boolean> {
  return (await tx.totpFactor.deleteMany({ where: { tenantId, userId } })).count > 0;
}

export function countUnusedCodes(tx: Tx, { tenantId, userId }: Owner) {
  return tx.recoveryCode.count({ where: { tenantId, userId, usedAt: null } });
}

/** The person's codes are these now, and no others. */
export async function replaceCodes(
  tx: Tx,
  { tenantId, userId, codeTokens }: Owner & { codeTokens: Uint8Array<ArrayBuffer>[] },
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { tenantId, userId } });
  await tx.recoveryCode.createMany({ data: codeTokens.map((codeToken) => ({ tenantId, userId, codeToken })) });
}

/** Takes a code for used, once. */
export async function spendCode(
  tx: Tx,
  { tenantId, userId, codeToken, at }: Owner & { codeToken: Uint8Array<ArrayBuffer>; at: Date },
): Promise<boolean> {
  const { count } = await tx.recoveryCode.updateMany({
    where: { tenantId, userId, codeToken, usedAt: null },
    data: { usedAt: at },
  });
  return count === 1;
}
