import { AppError } from "../app-error.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";

/**
 * Refuses somebody whom the organisation asks for a second factor and who has none yet: setting one up is all they can do.
 * @throws AppError factor-missing
 */
export async function requireFactor(platform: Platform, { tenantId, id, factor }: Session): Promise<void> {
  if (!factor.isRequired || factor.isThere) return;
  // Another process may have seen it set up since this one read the session.
  const known = await platform.sessions.findNow(tenantId, id);
  if (!known || (known.factor.isRequired && !known.factor.isThere)) throw new AppError("factor-missing");
}
