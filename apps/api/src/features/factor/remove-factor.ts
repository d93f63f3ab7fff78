import { AppError } from "../../core/app-error.ts";
import type { Session } from "../../core/scope.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { deletePasskeys } from "./passkey-store.ts";
import { deleteTotp, replaceCodes } from "./store.ts";
import { methodsOf } from "./verify-code.ts";

/** Takes the person's own authenticator app out of use; with the last factor its recovery codes go. */
export async function removeTotp(work: Work): Promise<void> {
  const { tx, scope } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { userId } = actor;
  if (!(await deleteTotp(tx, { tenantId, userId }))) throw new AppError("not-found");
  await afterRemoving(work, actor, { method: "totp" });
}

/** Takes one of the person's own passkeys out of use. */
export async function removePasskey(work: Work, { id }: { id: string }): Promise<void> {
  const { tenantId, actor } = work.scope;
  if (!actor) throw new AppError("not-signed-in");
  if ((await deletePasskeys(work.tx, { tenantId, userId: actor.userId, id })) === 0) throw new AppError("not-found");
  await afterRemoving(work, actor, { method: "passkey", passkeyId: id });
}

async function afterRemoving(work: Work, { userId, factor }: Session, before: Record<string, unknown>): Promise<void> {
  const { scope, audit, afterCommit, platform } = work;
  if ((await methodsOf(work, userId)).length === 0) await lastFactorGone(work, userId, factor.isRequired);
  audit({ action: "factor.remove", entity: "user", entityId: userId, before });
  afterCommit(() => platform.sessions.forget(scope.tenantId));
}

/** What follows when no factor is left: no recovery codes either, or a refusal where the organisation asks for one. */
async function lastFactorGone({ tx, scope }: Work, userId: string, isRequired: boolean): Promise<void> {
  if (isRequired)
    throw new AppError("validation-failed", {
      detail: "Your organisation asks administrators for a second factor. Set up another one before removing this.",
    });
  await replaceCodes(tx, { tenantId: scope.tenantId, userId, codeTokens: [] });
}

/** Takes all factors of a person out of use: for somebody who lost them. Audited by who calls. */
export async function removeFactors({ tx, scope, afterCommit, platform }: Work, userId: string): Promise<void> {
  const { tenantId } = scope;
  await deleteTotp(tx, { tenantId, userId });
  await deletePasskeys(tx, { tenantId, userId });
  await replaceCodes(tx, { tenantId, userId, codeTokens: [] });
  afterCommit(() => platform.sessions.forget(tenantId));
}
