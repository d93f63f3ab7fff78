import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { enqueueResetFor } from "../auth/index.ts";
import { getUser } from "./user.ts";

/** Sends a person a link to set a password, or the invitation again; nobody else learns it. The password they have stays until they do. */
export async function sendResetLink(work: Work, { id }: { id: string }): Promise<void> {
  const { status, invitation } = await getUser(work, { id });
  if (status !== "ACTIVE") throw new AppError("wrong-transition", { detail: "The account is not active." });
  work.audit({ action: invitation ? "user.invite" : "user.send-reset-link", entity: "user", entityId: id });
  await enqueueResetFor(work, id);
}
