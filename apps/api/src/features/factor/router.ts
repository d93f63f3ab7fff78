import { uuid } from "@infirmary/shared/core";
import {
  factorCode,
  factors,
  passkeyName,
  passkeyOptions,
  passkeyRegistration,
  recoveryCodes,
  totpSetup,
} from "@infirmary/shared/factor";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { router, signedIn } from "../../core/trpc.ts";
import { addOptions, addPasskey } from "./passkey.ts";
import { proofOptions } from "./passkey-proof.ts";
import { listPasskeys, renamePasskey } from "./passkey-store.ts";
import { removePasskey, removeTotp } from "./remove-factor.ts";
import { confirmTotp, renewCodes, startTotp } from "./set-up-totp.ts";
import { countUnusedCodes, findTotp } from "./store.ts";
import { methodsOf } from "./verify-code.ts";

const sensitive = { stepUp: true, withoutFactor: true } as const;

export const factorRouter = router({
  /** The factors of the person who asks. */
  mine: signedIn(undefined, { withoutFactor: true, whileLocked: true })
    .output(factors)
    .query(({ ctx }) => factorsOf(ctx)),
  startTotp: signedIn(undefined, sensitive)
    .output(totpSetup)
    .mutation(({ ctx }) => startTotp(ctx)),
  confirmTotp: signedIn(undefined, { withoutFactor: true })
    .input(z.strictObject({ code: factorCode }))
    .output(recoveryCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input.code)),
  /** For the browser: how to make a passkey for the person. */
  passkeyOptions: signedIn(undefined, sensitive)
    .output(passkeyOptions)
    .mutation(async ({ ctx }) => ({ ...(await addOptions(ctx)) })),
  addPasskey: signedIn(undefined, { withoutFactor: true })
    .input(z.strictObject({ name: passkeyName, response: passkeyRegistration }))
    .output(recoveryCodes)
    .mutation(({ ctx, input }) => addPasskey(ctx, input)),
  renamePasskey: signedIn(undefined, { withoutFactor: true })
    .input(z.strictObject({ id: uuid, name: passkeyName }))
    .mutation(({ ctx, input }) =>
      ctx.work(async ({ tx, audit }) => {
        const { tenantId, userId } = ctx.session;
        if (!(await renamePasskey(tx, { tenantId, userId, ...input }))) throw new AppError("not-found");
        audit({ action: "factor.rename", entity: "user", entityId: userId, after: { passkeyId: input.id } });
      }),
    ),
  removePasskey: signedIn(undefined, sensitive)
    .input(z.strictObject({ id: uuid }))
    .mutation(({ ctx, input }) => ctx.work((work) => removePasskey(work, input))),
  /** For the browser: how to ask the person who is here for one of their own passkeys. */
  proofOptions: signedIn(undefined, { withoutFactor: true, whileLocked: true })
    .output(passkeyOptions)
    .mutation(async ({ ctx }) => ({ ...(await proofOptions(ctx)) })),
  removeTotp: signedIn(undefined, sensitive).mutation(({ ctx }) => ctx.work(removeTotp)),
  renewRecoveryCodes: signedIn(undefined, sensitive)
    .output(z.object({ codes: z.array(z.string()) }))
    .mutation(({ ctx }) =>
      ctx.look(async (work) => {
        const { userId } = ctx.session;
        if ((await methodsOf(work, userId)).length === 0)
          throw new AppError("wrong-transition", { detail: "Set up a second factor first." });
        return { codes: await renewCodes(work, userId) };
      }),
    ),
});

function factorsOf({ look, session }: ActorContext): Promise<z.infer<typeof factors>> {
  const owner = { tenantId: session.tenantId, userId: session.userId };
  return look(async ({ tx }) => {
    const totp = await findTotp(tx, owner);
    return {
      totp: totp?.confirmedAt ? { since: totp.confirmedAt.toISOString() } : null,
      passkeys: (await listPasskeys(tx, owner)).map((passkey) => ({
        id: passkey.id,
        name: passkey.name,
        createdAt: passkey.createdAt.toISOString(),
        lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
        isBackedUp: passkey.isBackedUp,
      })),
      recoveryCodesLeft: await countUnusedCodes(tx, owner),
      isRequired: session.factor.isRequired,
    };
  });
}
