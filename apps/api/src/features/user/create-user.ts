import type { User, UserCreate } from "@infirmary/shared/user";
import type { ActorContext } from "../../core/context.ts";
import { hashPassword, requireGoodPassword } from "../auth/index.ts";
import { insertUser } from "./insert-user.ts";
import { membershipsOf } from "./memberships.ts";
import { replaceMemberships } from "./store.ts";
import { getUser } from "./user.ts";

/** Adds a person who may sign in at once. */
export async function createUser(ctx: ActorContext, input: UserCreate): Promise<User> {
  requireGoodPassword({
    password: input.password,
    field: "password",
    names: [input.username, input.fullName, input.email],
  });
  const passwordHash = await hashPassword(input.password);
  return ctx.work(async (work) => {
    const { tenantId } = work.scope;
    const memberships = await membershipsOf(work, input);
    const id = await insertUser(work, {
      username: input.username,
      fullName: input.fullName,
      email: input.email,
      passwordHash,
      status: "ACTIVE",
    });
    await replaceMemberships(work.tx, { tenantId, userId: id, memberships });
    work.audit({
      action: "user.create",
      entity: "user",
      entityId: id,
      after: { username: input.username, fullName: input.fullName, roles: input.roles },
    });
    work.emit({ name: "user.changed" });
    return getUser(work, { id });
  });
}
