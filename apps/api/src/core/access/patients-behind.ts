import type { Connection } from "@infirmary/db/client";
import { isId } from "../begin.ts";
import type { Platform } from "../platform.ts";
import type { Scope } from "../scope.ts";
import { inWork } from "../unit-of-work.ts";
import type { PatientResource } from "./policy.ts";

/** A patient that an input speaks of, seen without the limits of facility and care team: for refusals, never for answers. */
export type NamedPatient = PatientResource & { id: string; isRemoved: boolean };

const idsMax = 8;
let lookUp: Promise<string> | null = null;

/**
 * The patient whom a refused input is about: its ids may be the patient's own or those of any record that has a `patient_id`. Null
 * where it names none of the tenant's. Every table of records is asked, so that a new capability's are recognised without its doing.
 */
export async function patientBehind(
  platform: Platform,
  scope: Scope,
  input: unknown,
  permission?: string,
): Promise<NamedPatient | null> {
  const ids = idsIn(input);
  if (ids.length === 0) return null;
  // Nobody in particular asks: the person's own limits would hide what the refusal has to name.
  return inWork(platform, { ...scope, actor: null }, async ({ connection }) => {
    lookUp ??= lookUpText(connection);
    const { rows } = await connection.query<Omit<NamedPatient, "kind">>(await lookUp, [scope.tenantId, ids]);
    const [row] = rows;
    return row ? { ...row, kind: "patient" as const } : null;
  }).catch((error: unknown) => {
    platform.log.warn({ err: error, permission }, "refusal without its patient");
    return null;
  });
}

function idsIn(input: unknown): string[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.values(input)
    .slice(0, 20)
    .filter((value): value is string => typeof value === "string" && isId(value))
    .slice(0, idsMax);
}

/** One statement over the patients and every table whose rows have an id and a patient. */
async function lookUpText(connection: Connection): Promise<string> {
  const { rows } = await connection.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT IN ('audit_entry', 'event')
        AND has_table_privilege(c.oid, 'SELECT')
        AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('tenant_id', 'id', 'patient_id') AND NOT a.attisdropped) = 3
      ORDER BY 1`,
  );
  const records = rows.map(
    ({ name }) => `UNION ALL SELECT patient_id FROM ${name} WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`,
  );
  return `SELECT p.id, p.deleted_at IS NOT NULL AS "isRemoved", p.facility_ids AS facilities, '' AS "orderedBy",
                 ARRAY(SELECT c.user_id FROM care_team_member c WHERE c.tenant_id = $1 AND c.patient_id = p.id AND c.ended_at IS NULL) AS "careTeam",
                 ARRAY(SELECT g.user_id FROM break_glass g WHERE g.tenant_id = $1 AND g.patient_id = p.id AND g.ended_at IS NULL AND g.expires_at > now()) AS "glassBrokenBy"
            FROM patient p
           WHERE p.tenant_id = $1 AND p.id IN (SELECT id FROM patient WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ${records.join(" ")})
           ORDER BY p.id LIMIT 1`;
}
