import type { Connection } from "@infirmary/db/client";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";

/** One thing done or seen. `before` and `after` hold only what changed; sealed values never stand in them. */
export type AuditInput = {
  /** `capability.verb`, as `patient.read`. */
  action: string;
  entity: string;
  entityId?: string | null;
  patientId?: string | null;
  outcome?: "success" | "refused" | "failed";
  reason?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  /** Whose deed it is where nobody is signed in yet: a sign-in, a registration. */
  by?: { userId: string; username: string };
};

const columns = 17;
const insertHead =
  "INSERT INTO audit_entry (tenant_id, id, user_id, username, role, facility_id, session_id, action, entity, entity_id, patient_id, outcome, reason, before, after, ip, request_id) VALUES ";

/** Writes the entries in the running transaction: where they cannot be written, nothing else is. */
export async function writeAudit(connection: Connection, scope: Scope, entries: readonly AuditInput[]): Promise<void> {
  if (entries.length === 0) return;
  const { actor } = scope;
  const role = actor?.roles.join(",") ?? null;
  const facilityId = actor?.facilities[0]?.id ?? null;
  const values = entries.flatMap((entry) => [
    scope.tenantId,
    newId(),
    actor?.userId ?? entry.by?.userId ?? null,
    actor?.username ?? entry.by?.username ?? null,
    role,
    facilityId,
    actor?.id ?? null,
    entry.action,
    entry.entity,
    entry.entityId ?? null,
    entry.patientId ?? null,
    entry.outcome ?? "success",
    entry.reason ?? null,
    entry.before ? JSON.stringify(entry.before) : null,
    entry.after ? JSON.stringify(entry.after) : null,
    scope.ip,
    scope.requestId,
  ]);
  await connection.query({
    name: entries.length === 1 ? "audit1" : "",
    text: insertHead + placeholders(entries.length),
    values,
  });
}

function placeholders(rows: number): string {
  const row = (index: number) =>
    `(${Array.from({ length: columns }, (_, column) => `$${index * columns + column + 1}`).join(",")})`;
  return Array.from({ length: rows }, (_, index) => row(index)).join(",");
}

/** Before and after of the fields that differ; null when none does. Values of `secret` fields are only said to have changed. */
export function changesOf(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  secret: readonly string[] = [],
) {
  const keys = Object.keys(after).filter(
    (key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );
  if (keys.length === 0) return null;
  const shown = (record: Record<string, unknown>) =>
    Object.fromEntries(
      keys.map((key) => [
        key,
        secret.includes(key) ? (record[key] == null ? null : "(sealed)") : (record[key] ?? null),
      ]),
    );
  return { before: shown(before), after: shown(after) };
}
