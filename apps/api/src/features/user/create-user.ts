import type { User, UserCreate } from "@infirmary/shared/user";
import type { ActorContext } from "../../core/context.ts";
import { enqueueResetFor, hashPassword, requireGoodPassword } from "../auth/index.ts";
import { insertUser } from "./insert-user.ts";
import { membershipsOf } from "./memberships.ts";
import { setProfile } from "./profile.ts";
import { replaceMemberships } from "./store.ts";
import { getUser } from "./user.ts";

/** Adds a person who may sign in at once; without a password they get a link by mail to choose one. */
export async function createUser(ctx: ActorContext, input: UserCreate): Promise<User> {
  const { username, fullName, email, password } = input;
  if (password !== undefined)
    await requireGoodPassword(ctx.platform, { password, field: "password", names: [username, fullName, email] });
  const passwordHash = password === undefined ? null : await hashPassword(password);
  return ctx.work(async (work) => {
    const { tenantId } = work.scope;
    const memberships = await membershipsOf(work, input);
    const id = await insertUser(work, {
      username,
      fullName,
      email,
      passwordHash,
      status: "ACTIVE",
    });
    await replaceMemberships(work.tx, { tenantId, userId: id, memberships });
    await setProfile(work, { id, profile: input });
    work.audit({
      action: "user.create",
      entity: "user",
      entityId: id,
      after: {
        username,
        fullName,
        roles: [...new Set(memberships.map(({ role }) => role))],
        isInvited: passwordHash === null,
      },
    });
    if (passwordHash === null) await enqueueResetFor(work, id);
    work.emit({ name: "user.changed" });
    return getUser(work, { id });
  });
}
