import type { SignInPolicy } from "@infirmary/shared/policy";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findPolicy, putPolicy } from "./store.ts";

/** What the organisation asks of signing in; version 0 where nobody has set anything. */
export async function getPolicy({ tx, scope }: Work): Promise<SignInPolicy> {
  const row = await findPolicy(tx, scope);
  return {
    adminsNeedFactor: row?.adminsNeedFactor ?? false,
    idleLockMinutes: row?.idleLockMinutes ?? 15,
    version: row?.version ?? 0,
  };
}

/** Sets it, for everybody who is signed in too: within five seconds. */
export async function updatePolicy(work: Work, { version, ...rules }: SignInPolicy): Promise<SignInPolicy> {
  const { tx, scope, now, audit, afterCommit, platform } = work;
  const before = await getPolicy(work);
  if (rules.adminsNeedFactor && !scope.actor?.factor.isThere)
    throw new AppError("validation-failed", {
      errors: [{ path: "adminsNeedFactor", message: "Set up a second factor of your own first, under My account." }],
    });
  if (
    before.version !== version ||
    !(await putPolicy(tx, { tenantId: scope.tenantId, version, ...rules, updatedAt: now }))
  )
    throw new AppError("stale-version", { current: await getPolicy(work) });
  const { version: _, ...was } = before;
  audit({ action: "policy.update", entity: "policy", ...(changesOf(was, rules) ?? {}) });
  afterCommit(() => platform.sessions.forget(scope.tenantId));
  return getPolicy(work);
}
