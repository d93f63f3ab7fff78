import type { Work } from "../../core/unit-of-work.ts";
import { endSessions } from "../auth/index.ts";
import { removeFactors } from "../factor/index.ts";
import { getUser } from "./user.ts";

/** Takes all second factors of a person away, who lost them, and ends their sessions: the password alone signs in again. */
export async function resetFactors(work: Work, { id }: { id: string }): Promise<void> {
  await getUser(work, { id });
  await removeFactors(work, id);
  work.audit({ action: "user.reset-factors", entity: "user", entityId: id });
  await endSessions(work, { userId: id, reason: "the second factors were reset" });
}
