import { factorCode, factors, recoveryCodes, totpSetup } from "@infirmary/shared/factor";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { router, signedIn } from "../../core/trpc.ts";
import { removeTotp } from "./remove-factor.ts";
import { confirmTotp, renewCodes, startTotp } from "./set-up-totp.ts";
import { countUnusedCodes, findTotp } from "./store.ts";
import { methodsOf } from "./verify-code.ts";

const sensitive = { stepUp: true, withoutFactor: true } as const;

export const factorRouter = router({
  /** The factors of the person who asks. */
  mine: signedIn(undefined, { withoutFactor: true })
    .output(factors)
    .query(({ ctx }) => factorsOf(ctx)),
  startTotp: signedIn(undefined, sensitive)
    .output(totpSetup)
    .mutation(({ ctx }) => startTotp(ctx)),
  confirmTotp: signedIn(undefined, { withoutFactor: true })
    .input(z.strictObject({ code: factorCode }))
    .output(recoveryCodes)
    .mutation(({ ctx, input }) => confirmTotp(ctx, input.code)),
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
      recoveryCodesLeft: await countUnusedCodes(tx, owner),
      isRequired: session.factor.isRequired,
    };
  });
}
