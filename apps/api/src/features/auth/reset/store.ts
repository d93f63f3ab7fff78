import type { Tx } from "@infirmary/db/client";

type Scoped = { tenantId: string };
type Hash = Uint8Array<ArrayBuffer>;
/** Why somebody chooses a password: the old one was forgotten, or there is none yet. */
export type LinkPurpose = "reset" | "invitation";

/** Accounts with that e-mail, in whatever case it is written; people may share one. */
export function findByEmail(tx: Tx, { tenantId, email }: Scoped & { email: string }) {
  return tx.user.findMany({
    where: { tenantId, email: { equals: email.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } },
    select: { id: true },
    take: 5,
  });
}

/** Keeps a new link and voids the one before. */
export async function replaceReset(
  tx: Tx,
  {
    tenantId,
    userId,
    purpose,
    tokenHash,
    at,
    expiresAt,
  }: Scoped & { userId: string; purpose: LinkPurpose; tokenHash: Hash; at: Date; expiresAt: Date },
): Promise<void> {
  await voidLinks(tx, { tenantId, userId, at });
  await tx.passwordLink.create({ data: { tenantId, userId, purpose, tokenHash, createdAt: at, expiresAt } });
}

/** The link in whatever state it is, with what is wrong with it. */
export async function findReset(tx: Tx, { tenantId, tokenHash, at }: Scoped & { tokenHash: Hash; at: Date }) {
  const row = await tx.passwordLink.findFirst({ where: { tenantId, tokenHash } });
  if (!row) return null;
  const fault = row.usedAt ? "used" : row.voidedAt ? "a newer one was sent" : row.expiresAt <= at ? "expired" : null;
  return { userId: row.userId, purpose: row.purpose, fault };
}

/** Takes the link for used; of any number at once exactly one gets it. */
export async function spendReset(tx: Tx, { tenantId, tokenHash, at }: Scoped & { tokenHash: Hash; at: Date }) {
  const { count } = await tx.passwordLink.updateMany({
    where: { tenantId, tokenHash, usedAt: null, voidedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return count === 1;
}

/** Voids what was sent: the address changed, or somebody else set a password. */
export async function voidLinks(
  tx: Tx,
  { tenantId, userId, at }: Scoped & { userId: string; at: Date },
): Promise<void> {
  await tx.passwordLink.updateMany({
    where: { tenantId, userId, usedAt: null, voidedAt: null },
    data: { voidedAt: at },
  });
}

/** Deletes links that expired before an instant; the last invitation of a person stays until it is used, to be seen. */
export async function deleteOldResets(tx: Tx, { tenantId, before }: Scoped & { before: Date }): Promise<void> {
  await tx.passwordLink.deleteMany({
    where: {
      tenantId,
      expiresAt: { lt: before },
      NOT: { purpose: "invitation", usedAt: null, voidedAt: null },
    },
  });
}
