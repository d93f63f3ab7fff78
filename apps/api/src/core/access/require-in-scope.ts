import type { Connection } from "@infirmary/db/client";
import type { AuditInput } from "../audit.ts";
import type { Scope } from "../scope.ts";

/**
 * Refuses, in the running transaction, whatever is done to or shown of a patient who is not in the person's scope. Every purposeful
 * read and every write leaves an entry that names the patient, so this one place holds for all of them, whatever their queries forgot.
 * Entries that say `outOfScope` are about patients out of it by their nature: breaking the glass, reviewing that it was.
 */
export async function requireInScope(
  connection: Connection,
  scope: Scope,
  entries: readonly AuditInput[],
): Promise<void> {
  if (!scope.actor) return;
  const ids = new Set<string>();
  for (const { patientId, outcome, outOfScope } of entries)
    if (patientId && !outOfScope && (outcome ?? "success") === "success") ids.add(patientId);
  if (ids.size === 0) return;
  await connection.query({ name: "in-scope", text: "SELECT require_in_scope($1::uuid[])", values: [[...ids]] });
}
