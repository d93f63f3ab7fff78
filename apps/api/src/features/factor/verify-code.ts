import { type FactorMethod, isAppCode } from "@infirmary/shared/factor";
import type { Platform } from "../../core/platform.ts";
import type { Scope } from "../../core/scope.ts";
import { inWork, type Work } from "../../core/unit-of-work.ts";
import { attempt, factorSubjects } from "../throttle/index.ts";
import { listPasskeys } from "./passkey-store.ts";
import { tokenOfCode } from "./recovery-code.ts";
import { countUnusedCodes, findTotp, spendCode, spendStep } from "./store.ts";
import { stepOfCode } from "./totp.ts";

/** Where the seed of a person's authenticator app lives: it opens nowhere else. */
export const seedPlace = (tenantId: string, userId: string) => ({
  tenant: tenantId,
  table: "totp_factor",
  column: "seed_sealed",
  row: userId,
});

/** What a person can show beside the password; nothing where no second factor is set up. */
export async function methodsOf({ tx, scope }: Work, userId: string): Promise<FactorMethod[]> {
  const owner = { tenantId: scope.tenantId, userId };
  const totp = await findTotp(tx, owner);
  const passkeys = await listPasskeys(tx, owner);
  const methods: FactorMethod[] = [];
  if (passkeys.length > 0) methods.push("passkey");
  if (totp?.confirmedAt) methods.push("totp");
  if (methods.length > 0 && (await countUnusedCodes(tx, owner)) > 0) methods.push("recovery-code");
  return methods;
}

/**
 * Tries a code of a person, under limits that only a right code clears: which it was, or null. A right one is used up with this.
 * @throws AppError too-many-attempts
 */
export function guessCode(
  platform: Platform,
  scope: Scope,
  { userId, code }: { userId: string; code: string },
): Promise<"totp" | "recovery-code" | null> {
  const subjects = factorSubjects(userId);
  return attempt(platform, subjects, () => inWork(platform, scope, (work) => useCode(work, { userId, code })));
}

async function useCode(
  { tx, scope, platform, now }: Work,
  { userId, code }: { userId: string; code: string },
): Promise<"totp" | "recovery-code" | null> {
  const { tenantId } = scope;
  const owner = { tenantId, userId };
  const totp = await findTotp(tx, owner);
  if (!isAppCode(code)) {
    const codeToken = tokenOfCode(platform, tenantId, code);
    return (await spendCode(tx, { ...owner, codeToken, at: now })) ? "recovery-code" : null;
  }
  if (!totp?.confirmedAt) return null;
  const seed = platform.keys.open(totp.seedSealed, seedPlace(tenantId, userId));
  const step = stepOfCode(seed, code.replace(/[\s-]/g, ""), now.getTime());
  return step !== null && (await spendStep(tx, { ...owner, step })) ? "totp" : null;
}
