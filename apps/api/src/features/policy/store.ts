import type { Tx } from "@infirmary/db/client";

export function findPolicy(tx: Tx, { tenantId }: { tenantId: string }) {
  return tx.signInPolicy.findFirst({ where: { tenantId } });
}

/** Writes the policy if its version is still the one read (0: none yet); answers whether it could. */
export async function putPolicy(
  tx: Tx,
  {
    tenantId,
    version,
    ...rules
  }: { tenantId: string; version: number; adminsNeedFactor: boolean; idleLockMinutes: number; updatedAt: Date },
): Promise<boolean> {
  if (version === 0) {
    const added = await tx.signInPolicy.createMany({ data: [{ tenantId, ...rules }], skipDuplicates: true });
    return added.count === 1;
  }
  const { count } = await tx.signInPolicy.updateMany({
    where: { tenantId, version },
    data: { ...rules, version: version + 1 },
  });
  return count === 1;
}
