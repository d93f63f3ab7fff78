import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { findHomeTenant, hashPassword, requireGoodPassword } from "../auth/index.ts";
import { countRegistration } from "../throttle/index.ts";
import { insertUser } from "./insert-user.ts";

/** Asks for an account. It waits for an administrator, who alone decides on its roles. */
export async function registerUser(
  ctx: Context,
  input: { username: string; password: string; fullName: string; email: string },
): Promise<{ id: string; status: "PENDING" }> {
  const { platform, request } = ctx;
  const tenantId = await findHomeTenant(platform.database);
  if (!tenantId) throw new AppError("unavailable", { detail: "No organisation is set up yet." });
  await countRegistration(platform, request.ip);
  await requireGoodPassword(platform, {
    password: input.password,
    field: "password",
    names: [input.username, input.fullName, input.email],
  });
  const passwordHash = await hashPassword(input.password);
  return inWork(platform, { tenantId, actor: null, requestId: request.id, ip: request.ip }, async (work) => {
    const id = await insertUser(work, {
      username: input.username,
      fullName: input.fullName,
      email: input.email,
      passwordHash,
      status: "PENDING",
    });
    work.audit({
      action: "user.register",
      entity: "user",
      entityId: id,
      by: { userId: id, username: input.username },
      after: { username: input.username, status: "PENDING" },
    });
    work.emit({ name: "user.changed" });
    return { id, status: "PENDING" };
  });
}
