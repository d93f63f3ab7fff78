import type { Context } from "../../../core/context.ts";
import { countResetRequest } from "../../throttle/index.ts";
import { enqueueReset } from "./job.ts";

/**
 * Asks for a one-time link. Whether there is such an account is found out by the job, so that the answer and its time are the same.
 * @throws AppError too-many-attempts
 */
export async function requestReset(
  { platform, request }: Context,
  input: { login: string },
): Promise<{ accepted: true }> {
  const login = input.login.toLowerCase();
  await countResetRequest(platform, { login, ip: request.ip });
  await enqueueReset(platform.database.pool, { for: { login }, requestId: request.id, ip: request.ip });
  return { accepted: true };
}
