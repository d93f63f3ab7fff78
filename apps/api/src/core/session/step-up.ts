import { AppError } from "../app-error.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";

/** How old a proof of who one is may be for a sensitive step (`trust` D15), seconds. */
export const recentSeconds = 300;

/**
 * Refuses where the person last proved who they are more than five minutes ago. A procedure declares it (`{ stepUp: true }` of
 * core/trpc); a use case calls it where only some inputs are sensitive, before it changes anything.
 * @throws AppError reauthentication-required; `auth.reauthenticate` is the way on, then the same call again
 */
export async function requireRecentProof(platform: Platform, session: Session | null): Promise<void> {
  if (!session) throw new AppError("not-signed-in");
  if (isRecent(platform, session)) return;
  // Another process may have taken the proof since this one read the session.
  const known = await platform.sessions.findNow(session.tenantId, session.id);
  if (!known || !isRecent(platform, known)) throw new AppError("reauthentication-required");
}

const isRecent = (platform: Platform, { authenticatedAt }: Session) =>
  platform.now().getTime() - authenticatedAt.getTime() <= recentSeconds * 1000;
