import type { PasskeyAnswer } from "@infirmary/shared/factor";
import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import type { Scope, Session } from "../../core/scope.ts";
import { auditAlone, inWork } from "../../core/unit-of-work.ts";
import { guessCode, methodsOf, proveByPasskey } from "../factor/index.ts";
import { proveByPassword, startSession } from "./open-session.ts";
import { findChallenge, findUser, insertChallenge, spendChallenge } from "./store.ts";
import { hashOfToken, newToken, tenantOfToken } from "./token.ts";

/** How long the second factor may take, seconds. */
const challengeSeconds = 300;

type Kind = { kind: Session["kind"] };

/**
 * Signs a person in by name and password.
 * @throws AppError second-factor-required with a challenge to answer, where the person has one set up
 */
export async function signIn(ctx: Context, input: { username: string; password: string } & Kind): Promise<Session> {
  const { scope, account } = await proveByPassword(ctx, input);
  const methods = await inWork(ctx.platform, scope, (work) => methodsOf(work, account.id));
  if (methods.length === 0) return startSession(ctx, { scope, account, kind: input.kind, proof: "password" });
  const token = newToken(scope.tenantId);
  const expiresAt = new Date(ctx.platform.now().getTime() + challengeSeconds * 1000);
  await inWork(ctx.platform, scope, ({ tx }) =>
    insertChallenge(tx, { tenantId: scope.tenantId, tokenHash: hashOfToken(token), userId: account.id, expiresAt }),
  );
  throw new AppError("second-factor-required", {
    challenge: { token, methods, expiresAt: expiresAt.toISOString() },
  });
}

/** Answers the challenge of a sign-in with a code. A challenge is good for five minutes and one right code. */
export async function signInWithCode(
  ctx: Context,
  { challenge, code, kind }: { challenge: string; code: string } & Kind,
): Promise<Session> {
  const { platform, request } = ctx;
  const tenantId = tenantOfToken(challenge);
  if (!tenantId) throw new AppError("token-invalid");
  const scope: Scope = { tenantId, actor: null, requestId: request.id, ip: request.ip };
  const tokenHash = hashOfToken(challenge);
  const account = await inWork(platform, scope, async ({ tx, now }) => {
    const open = await findChallenge(tx, { tenantId, tokenHash, at: now });
    return open && findUser(tx, { tenantId, id: open.userId });
  });
  if (account?.status !== "ACTIVE") throw new AppError("token-invalid");
  const method = await guessCode(platform, scope, { userId: account.id, code });
  if (!method) {
    await auditAlone(platform, scope, {
      action: "auth.sign-in",
      entity: "user",
      entityId: account.id,
      by: { userId: account.id, username: account.username },
      outcome: "failed",
      reason: "wrong code",
    });
    throw new AppError("code-invalid");
  }
  if (!(await inWork(platform, scope, ({ tx, now }) => spendChallenge(tx, { tenantId, tokenHash, at: now }))))
    throw new AppError("token-invalid");
  return startSession(ctx, { scope, account, kind, proof: `password+${method}` });
}

/** Signs a person in by a passkey alone: a thing they have, unlocked by what they are or know. */
export async function signInWithPasskey(
  ctx: Context,
  { answer, kind }: { answer: PasskeyAnswer } & Kind,
): Promise<Session> {
  const { scope, userId } = await proveByPasskey(ctx, answer);
  const account = await inWork(ctx.platform, scope, ({ tx }) => findUser(tx, { tenantId: scope.tenantId, id: userId }));
  if (account?.status !== "ACTIVE") throw new AppError("account-inactive");
  return startSession(ctx, { scope, account, kind, proof: "passkey" });
}
