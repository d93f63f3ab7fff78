import type { recoveryCodes, totpSetup } from "@infirmary/shared/factor";
import type { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { newRecoveryCodes, tokenOfCode } from "./recovery-code.ts";
import { countUnusedCodes, findTotp, putUnconfirmedTotp, replaceCodes, spendStep } from "./store.ts";
import { newSeed, stepOfCode, totpUri } from "./totp.ts";
import { seedPlace } from "./verify-code.ts";

/** Draws a seed for an authenticator app. It counts for nothing until a code of it was shown. */
export function startTotp({ look, session }: ActorContext): Promise<z.infer<typeof totpSetup>> {
  const { tenantId, userId } = session;
  return look(async ({ tx, platform, now, audit }) => {
    const secret = newSeed();
    const seedSealed = platform.keys.seal(secret, seedPlace(tenantId, userId));
    if (!(await putUnconfirmedTotp(tx, { tenantId, userId, seedSealed, at: now })))
      throw new AppError("already-exists", { detail: "An authenticator app is set up already. Remove it first." });
    audit({ action: "factor.start", entity: "user", entityId: userId, after: { method: "totp" } });
    return { secret, uri: totpUri(secret, session.username, `Infirmary ${session.tenantName}`) };
  });
}

/** Takes the app into use with its first code. Somebody without recovery codes gets ten. */
export function confirmTotp({ look, session }: ActorContext, code: string): Promise<z.infer<typeof recoveryCodes>> {
  const { tenantId, userId } = session;
  return look(async (work) => {
    const { tx, platform, now, audit, afterCommit } = work;
    const totp = await findTotp(tx, { tenantId, userId });
    if (!totp || totp.confirmedAt)
      throw new AppError("wrong-transition", { detail: "No authenticator app is being set up. Start again." });
    const seed = platform.keys.open(totp.seedSealed, seedPlace(tenantId, userId));
    const step = stepOfCode(seed, code.replace(/[\s-]/g, ""), now.getTime());
    if (step === null || !(await spendStep(tx, { tenantId, userId, step, confirmedAt: now })))
      throw new AppError("validation-failed", {
        errors: [{ path: "code", message: "This is not the app's present code. Check the device's clock." }],
      });
    audit({ action: "factor.add", entity: "user", entityId: userId, after: { method: "totp" } });
    afterCommit(() => platform.sessions.forget(tenantId, session.id));
    return { codes: (await countUnusedCodes(tx, { tenantId, userId })) > 0 ? null : await renewCodes(work, userId) };
  });
}

/** Ten new recovery codes; the ones before are worth nothing from now on. They are shown now and never again. */
export async function renewCodes({ tx, scope, platform, audit }: Work, userId: string): Promise<string[]> {
  const { tenantId } = scope;
  const codes = newRecoveryCodes();
  await replaceCodes(tx, { tenantId, userId, codeTokens: codes.map((code) => tokenOfCode(platform, tenantId, code)) });
  audit({ action: "factor.renew-recovery-codes", entity: "user", entityId: userId });
  return codes;
}
