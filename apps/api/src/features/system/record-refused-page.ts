import { can, type Permission } from "@infirmary/shared/access";
import type { Session } from "../../core/scope.ts";
import type { Work } from "../../core/unit-of-work.ts";

/**
 * Keeps that the portal refused a page: it decides that itself, and the audit log would not know. Only a refusal that is one is kept, so
 * that nobody can fill the log with others. An address can end in a search: of the page its path is kept, nothing after it.
 */
export async function recordRefusedPage(
  work: Work,
  session: Session,
  { page, permission }: { page: string; permission: Permission },
): Promise<{ recorded: boolean }> {
  if (can(session.permissions, permission)) return { recorded: false };
  const [path = ""] = page.split(/[?#]/);
  work.audit({ action: "page.open", entity: "page", entityId: path, outcome: "refused", reason: permission });
  return { recorded: true };
}
