import type { Connection, Database } from "@infirmary/db/client";
import { demoContainerTypes, demoLabTests, demoSpecimenTypes } from "@infirmary/db/seed";
import { newId } from "../core/id.ts";

type Scoped = { tenantId: string };
export type DemoFacility = { id: string; code: string; name: string; timeZone: string };
export type DemoPerson = {
  id: string;
  username: string;
  passwordHash: string | null;
  fullName: string;
  email: string;
  role: string;
  facilities: readonly string[];
};

export async function tenantExists({ pool }: Database, slug: string): Promise<boolean> {
  return (await pool.query("SELECT 1 FROM tenant WHERE slug = $1", [slug])).rowCount === 1;
}

/** Makes the audit log's partitions for the months since a day. */
export async function ensurePartitions(connection: Connection, since: Date): Promise<void> {
  await connection.query("SELECT ensure_audit_partitions($1::date, 2)", [since.toISOString().slice(0, 10)]);
}

/** Adds the organisation, its sites and its people, each with one role at their sites. */
export async function insertHospital(
  connection: Connection,
  hospital: Scoped & {
    tenant: { slug: string; name: string; mrnAuthorities: readonly string[] };
    facilities: readonly DemoFacility[];
    people: readonly DemoPerson[];
  },
): Promise<void> {
  const { tenantId, tenant, facilities, people } = hospital;
  await connection.query("INSERT INTO tenant (id, slug, name, mrn_authorities) VALUES ($1, $2, $3, $4)", [
    tenantId,
    tenant.slug,
    tenant.name,
    tenant.mrnAuthorities,
  ]);
  await connection.query(
    'INSERT INTO facility (tenant_id, id, code, name, time_zone) SELECT $1, id, code, name, "timeZone" FROM jsonb_to_recordset($2) r (id uuid, code text, name text, "timeZone" text)',
    [tenantId, JSON.stringify(facilities)],
  );
  await connection.query(
    `INSERT INTO user_account (tenant_id, id, username, full_name, email, password_hash, status)
     SELECT $1, id, username, "fullName", email, "passwordHash", 'ACTIVE'
       FROM jsonb_to_recordset($2) r (id uuid, username text, "fullName" text, email text, "passwordHash" text)`,
    [tenantId, JSON.stringify(people)],
  );
  await connection.query(
    "INSERT INTO login_name (tenant_id, user_id, username) SELECT $1, id, username FROM jsonb_to_recordset($2) r (id uuid, username text)",
    [tenantId, JSON.stringify(people)],
  );
  await connection.query(
    `INSERT INTO membership (tenant_id, user_id, facility_id, role)
     SELECT $1, r.id, f.id, r.role FROM jsonb_to_recordset($2) r (id uuid, role text, facilities jsonb)
       JOIN facility f ON f.tenant_id = $1 AND r.facilities ? f.code`,
    [tenantId, JSON.stringify(people)],
  );
}

/** Adds an analyser whose plain connections of this machine are taken: for trying the MLLP listener. */
export async function insertAnalyser(
  connection: Connection,
  { tenantId, id, name }: Scoped & { id: string; name: string },
): Promise<void> {
  await connection.query("INSERT INTO partner (tenant_id, id, name) VALUES ($1, $2, $3)", [tenantId, id, name]);
  await connection.query(
    "INSERT INTO partner_certificate (tenant_id, fingerprint, partner_id) VALUES ($1, 'loopback', $2)",
    [tenantId, id],
  );
}

export async function insertTests(connection: Connection, { tenantId }: Scoped): Promise<void> {
  const insert = (text: string, values: readonly object[]) =>
    connection.query(text, [tenantId, JSON.stringify(values)]);
  await insert(
    "INSERT INTO specimen_type (tenant_id, code, name) SELECT $1, code, name FROM jsonb_to_recordset($2) r (code text, name text)",
    demoSpecimenTypes,
  );
  await insert(
    "INSERT INTO container_type (tenant_id, code, name, cap) SELECT $1, code, name, cap FROM jsonb_to_recordset($2) r (code text, name text, cap text)",
    demoContainerTypes,
  );
  await insert(
    `INSERT INTO lab_test (tenant_id, code, name, short_name, category, specimen, unit, is_panel, value_type, decimals, answers, specimen_type, container_type, turnaround_stat, turnaround_urgent,
       turnaround_routine, delta_percent, delta_hours, critical_minutes)
     SELECT $1, code, name, "shortName", category, specimen, unit, "isPanel", "valueType", decimals, ARRAY(SELECT jsonb_array_elements_text(answers)), "specimenType", "containerType", "turnaroundStat",
       "turnaroundUrgent", "turnaroundRoutine", "deltaPercent"::numeric, "deltaHours", "criticalMinutes"
       FROM jsonb_to_recordset($2) r (code text, name text, "shortName" text, category text, specimen text, unit text, "isPanel" boolean, "valueType" text, decimals int, answers jsonb, "specimenType" text,
         "containerType" text, "turnaroundStat" int, "turnaroundUrgent" int, "turnaroundRoutine" int, "deltaPercent" text, "deltaHours" int, "criticalMinutes" int)`,
    demoLabTests,
  );
  await insert(
    `INSERT INTO lab_panel_member (tenant_id, panel_code, test_code, position)
     SELECT $1, r.panel, r.test, r.position FROM jsonb_to_recordset($2) r (panel text, test text, position int)`,
    demoLabTests.flatMap(({ code, members }) =>
      members.map((test, index) => ({ panel: code, test, position: index + 1 })),
    ),
  );
  await insert(
    `INSERT INTO reference_range (tenant_id, id, test_code, sex, condition, age_from_days, age_to_days, low, high, critical_low, critical_high, normal_text)
     SELECT $1, id, code, sex, condition, "ageFromDays", "ageToDays", low::numeric, high::numeric, "criticalLow"::numeric, "criticalHigh"::numeric, "normalText"
       FROM jsonb_to_recordset($2) r (id uuid, code text, sex text, condition text, "ageFromDays" int, "ageToDays" int, low text, high text, "criticalLow" text, "criticalHigh" text, "normalText" text)`,
    demoLabTests.flatMap(({ code, ranges }) => ranges.map((range) => ({ ...range, code, id: newId() }))),
  );
}

/** Adds departments, wards and rooms of a site, parents first; answers their ids by code. */
export async function insertLocations(
  connection: Connection,
  {
    tenantId,
    facilityId,
    locations,
  }: Scoped & {
    facilityId: string;
    locations: readonly { kind: string; code: string; name: string; parent: string | null }[];
  },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { kind, code, name, parent } of locations) {
    const id = newId();
    ids.set(code, id);
    await connection.query(
      "INSERT INTO location (tenant_id, id, facility_id, kind, code, name, parent_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      [tenantId, id, facilityId, kind, code, name, parent ? ids.get(parent) : null],
    );
  }
  return ids;
}
