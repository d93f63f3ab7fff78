import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { enqueueReset } from "../auth/index.ts";
import { getUser } from "./user.ts";

/** Sends a person a link to set a password; nobody else learns it. The password they have stays until they do. */
export async function sendResetLink(work: Work, { id }: { id: string }): Promise<void> {
  const { status } = await getUser(work, { id });
  if (status !== "ACTIVE") throw new AppError("wrong-transition", { detail: "The account is not active." });
  const { tenantId, requestId, ip } = work.scope;
  work.audit({ action: "user.send-reset-link", entity: "user", entityId: id });
  await enqueueReset(work.connection, { for: { tenantId, userId: id }, requestId, ip });
}
