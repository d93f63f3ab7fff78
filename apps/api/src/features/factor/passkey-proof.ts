import type { PasskeyAnswer } from "@infirmary/shared/factor";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext, Context } from "../../core/context.ts";
import type { Scope } from "../../core/scope.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { addressSubjects, attempt, refuseWhenThrottled } from "../throttle/index.ts";
import { askOptions, checkPasskey, ownerOf } from "./passkey.ts";
import { takeChallenge } from "./passkey-challenge.ts";
import { listPasskeys } from "./passkey-store.ts";

/** What a browser needs to sign somebody in by a passkey, whoever it may be. */
export async function signInOptions({ platform, request }: Context) {
  await refuseWhenThrottled(platform, addressSubjects(request.ip));
  return askOptions(platform, "sign-in", null);
}

/**
 * Whose passkey signed: the person it was made for.
 * @throws AppError passkey-invalid; failures count against the address
 */
export async function proveByPasskey(ctx: Context, answer: PasskeyAnswer): Promise<{ scope: Scope; userId: string }> {
  const { platform, request } = ctx;
  const proved = await attempt(platform, addressSubjects(request.ip), async () => {
    try {
      const expectedChallenge = await takeChallenge(platform, answer.response.clientDataJSON, "sign-in", null);
      const owner = ownerOf(answer);
      if (!owner) return null;
      const scope: Scope = { tenantId: owner.tenantId, actor: null, requestId: request.id, ip: request.ip };
      const { userId } = owner;
      await inWork(platform, scope, (work) => checkPasskey(work, { userId, answer, expectedChallenge }));
      return { scope, userId };
    } catch (error) {
      if (error instanceof AppError && error.code === "passkey-invalid") return null;
      throw error;
    }
  });
  if (!proved) throw new AppError("passkey-invalid");
  return proved;
}

/** What the browser needs to ask the person who is signed in for one of their own passkeys. */
export async function proofOptions({ platform, session, look }: ActorContext) {
  const { tenantId, userId } = session;
  const own = await look(({ tx }) => listPasskeys(tx, { tenantId, userId }));
  if (own.length === 0) throw new AppError("wrong-transition", { detail: "No passkey is set up." });
  return askOptions(platform, "prove", session.id, own);
}

/** Checks that one of the person's own passkeys signed, for this session. @throws AppError passkey-invalid */
export async function checkOwnPasskey({ platform, session, look }: ActorContext, answer: PasskeyAnswer): Promise<void> {
  const expectedChallenge = await takeChallenge(platform, answer.response.clientDataJSON, "prove", session.id);
  await look((work) => checkPasskey(work, { userId: session.userId, answer, expectedChallenge }));
}
