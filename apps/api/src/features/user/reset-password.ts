import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { endSessions, hashPassword, requireGoodPassword, voidLinks } from "../auth/index.ts";
import { methodsOf } from "../factor/index.ts";
import { forgetName } from "../throttle/index.ts";
import { setPassword } from "./store.ts";
import { getUser } from "./user.ts";

/** Sets a new password for a person, ends that person's sessions and forgets the failed sign-ins: it is the way out of a lock-out. */
export async function resetPassword(
  ctx: ActorContext,
  { id, password }: { id: string; password: string },
): Promise<void> {
  const target = await ctx.look(async (work) => ({
    person: await getUser(work, { id }),
    methods: await methodsOf(work, id),
  }));
  await requireGoodPassword(ctx.platform, {
    password,
    field: "password",
    names: [target.person.username, target.person.fullName, target.person.email],
    hasFactor: target.methods.length > 0,
  });
  const passwordHash = await hashPassword(password);
  const { username } = await ctx.work(async (work) => {
    const person = await getUser(work, { id });
    if (!(await setPassword(work.tx, { tenantId: work.scope.tenantId, id, passwordHash })))
      throw new AppError("not-found");
    work.audit({ action: "user.reset-password", entity: "user", entityId: id });
    await voidLinks(work.tx, { tenantId: work.scope.tenantId, userId: id, at: work.now });
    await endSessions(work, { userId: id, reason: "the password was reset" });
    return person;
  });
  await forgetName(ctx.platform, username);
}
