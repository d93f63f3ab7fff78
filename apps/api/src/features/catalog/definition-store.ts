import type { Connection } from "@infirmary/db/client";
import type { LabTestCreate, LabTestDetail, RangeWrite } from "@infirmary/shared/catalog";

type Scoped = { tenantId: string };
type OfTest = Scoped & { code: string };

const rangeColumns = `r.id, r.sex, r.condition, r.age_from_days AS "ageFromDays", r.age_to_days AS "ageToDays", r.low::text, r.high::text, r.critical_low::text AS "criticalLow",
  r.critical_high::text AS "criticalHigh", r.normal_text AS "normalText", r.valid_from::text AS "validFrom", r.valid_to::text AS "validTo"`;

const detailColumns = `t.code, t.name, t.short_name AS "shortName", t.category, t.specimen, t.unit, t.is_panel AS "isPanel", t.value_type AS "valueType", t.decimals, t.answers,
  t.specimen_type AS "specimenType", t.container_type AS "containerType", t.turnaround_stat AS "turnaroundStat", t.turnaround_urgent AS "turnaroundUrgent",
  t.turnaround_routine AS "turnaroundRoutine", t.delta_percent::text AS "deltaPercent", t.delta_absolute::text AS "deltaAbsolute", t.delta_hours AS "deltaHours",
  t.auto_verify AS "autoVerify", t.critical_minutes AS "criticalMinutes", t.is_active AS "isActive", t.version`;

/** Tests with their members and ranges: those of the codes, in the order of their names. */
export async function findTests(
  connection: Connection,
  { tenantId, codes }: Scoped & { codes: readonly string[] },
): Promise<LabTestDetail[]> {
  const { rows } = await connection.query<LabTestDetail>({
    name: "lab-tests-whole",
    text: `SELECT ${detailColumns},
                  COALESCE((SELECT jsonb_agg(jsonb_build_object('code', m.test_code, 'shortName', n.short_name) ORDER BY m.position)
                     FROM lab_panel_member m JOIN lab_test n ON n.tenant_id = m.tenant_id AND n.code = m.test_code WHERE m.tenant_id = t.tenant_id AND m.panel_code = t.code), '[]') AS members,
                  COALESCE((SELECT jsonb_agg(to_jsonb(x)) FROM (SELECT ${rangeColumns} FROM reference_range r WHERE r.tenant_id = t.tenant_id AND r.test_code = t.code
                     ORDER BY r.valid_to NULLS FIRST, r.sex NULLS FIRST, r.condition NULLS FIRST, r.age_from_days, r.id) x), '[]') AS ranges
             FROM lab_test t WHERE t.tenant_id = $1 AND t.code = ANY ($2::text[]) ORDER BY t.short_name, t.code`,
    values: [tenantId, codes],
  });
  return rows;
}

/** A page of codes by name, from a name and code on. */
export async function listTestCodes(
  connection: Connection,
  {
    tenantId,
    words,
    category,
    all,
    after,
    limit,
  }: Scoped & {
    words: readonly string[];
    category: string | null;
    all: boolean;
    after: { shortName: string; code: string } | null;
    limit: number;
  },
): Promise<{ code: string; shortName: string }[]> {
  const { rows } = await connection.query<{ code: string; shortName: string }>(
    `SELECT code, short_name AS "shortName" FROM lab_test
      WHERE tenant_id = $1 AND code || ' ' || short_name || ' ' || name ILIKE ALL ($2::text[]) AND ($3::text IS NULL OR category = $3) AND (is_active OR $4)
        AND ($5::text IS NULL OR (short_name, code) > ($5, $6)) ORDER BY short_name, code LIMIT $7`,
    [
      tenantId,
      words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`),
      category,
      all,
      after?.shortName ?? null,
      after?.code ?? null,
      limit,
    ],
  );
  return rows;
}

export type Definition = Omit<LabTestCreate, "members" | "ranges">;

export async function insertTest(
  connection: Connection,
  { tenantId, test, isPanel }: Scoped & { test: Definition; isPanel: boolean },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `INSERT INTO lab_test (tenant_id, code, name, short_name, category, specimen, unit, is_panel, value_type, decimals, answers, specimen_type, container_type, turnaround_stat,
       turnaround_urgent, turnaround_routine, delta_percent, delta_absolute, delta_hours, auto_verify, critical_minutes, is_active)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) ON CONFLICT DO NOTHING`,
    [tenantId, ...valuesOf(test, isPanel)],
  );
  return rowCount === 1;
}

/** Changes the definition read at `version`; answers whether it was still that one. */
export async function updateTest(
  connection: Connection,
  { tenantId, version, test, isPanel }: Scoped & { version: number; test: Definition; isPanel: boolean },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE lab_test SET name = $3, short_name = $4, category = $5, specimen = $6, unit = $7, is_panel = $8, value_type = $9, decimals = $10, answers = $11, specimen_type = $12,
       container_type = $13, turnaround_stat = $14, turnaround_urgent = $15, turnaround_routine = $16, delta_percent = $17, delta_absolute = $18, delta_hours = $19, auto_verify = $20,
       critical_minutes = $21, is_active = $22, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND code = $2 AND version = $23`,
    [tenantId, ...valuesOf(test, isPanel), version],
  );
  return rowCount === 1;
}

const valuesOf = (test: Definition, isPanel: boolean) => [
  test.code,
  test.name,
  test.shortName,
  test.category,
  test.specimen,
  test.unit,
  isPanel,
  test.valueType,
  test.decimals,
  test.answers,
  test.specimenType,
  test.containerType,
  test.turnaroundStat,
  test.turnaroundUrgent,
  test.turnaroundRoutine,
  test.deltaPercent,
  test.deltaAbsolute,
  test.deltaHours,
  test.autoVerify,
  test.criticalMinutes,
  test.isActive,
];

/** Puts these in the place of the members there are; answers whether all of them are tests of the catalogue. */
export async function storeMembers(
  connection: Connection,
  { tenantId, code, members }: OfTest & { members: readonly string[] },
): Promise<boolean> {
  await connection.query("DELETE FROM lab_panel_member WHERE tenant_id = $1 AND panel_code = $2", [tenantId, code]);
  const { rowCount } = await connection.query(
    `INSERT INTO lab_panel_member (tenant_id, panel_code, test_code, position)
     SELECT $1, $2, t.code, m.position FROM unnest($3::text[]) WITH ORDINALITY AS m (code, position)
       JOIN lab_test t ON t.tenant_id = $1 AND t.code = m.code AND NOT t.is_panel`,
    [tenantId, code, members],
  );
  return rowCount === members.length;
}

/** Ends ranges on a day and adds others. What ended before stays as it is. */
export async function changeRanges(
  connection: Connection,
  {
    tenantId,
    code,
    ended,
    added,
    on,
    by,
  }: OfTest & {
    ended: readonly string[];
    added: readonly (RangeWrite & { id: string })[];
    on: string;
    by: string | null;
  },
): Promise<void> {
  await connection.query("UPDATE reference_range SET valid_to = $3 WHERE tenant_id = $1 AND id = ANY ($2::uuid[])", [
    tenantId,
    ended,
    on,
  ]);
  await connection.query(
    `INSERT INTO reference_range (tenant_id, id, test_code, sex, condition, age_from_days, age_to_days, low, high, critical_low, critical_high, normal_text, valid_from, valid_to, created_by_id)
     SELECT $1, id, $2, sex, condition, "ageFromDays", "ageToDays", low::numeric, high::numeric, "criticalLow"::numeric, "criticalHigh"::numeric, "normalText", "validFrom", "validTo", $4
       FROM jsonb_to_recordset($3) r (id uuid, sex text, condition text, "ageFromDays" int, "ageToDays" int, low text, high text, "criticalLow" text, "criticalHigh" text,
         "normalText" text, "validFrom" date, "validTo" date)`,
    [tenantId, code, JSON.stringify(added), by],
  );
}

export async function insertVersion(
  connection: Connection,
  {
    tenantId,
    code,
    definition,
    changed,
    by,
  }: OfTest & { definition: LabTestDetail; changed: readonly string[]; by: string | null },
): Promise<void> {
  await connection.query(
    "INSERT INTO lab_test_version (tenant_id, code, version, definition, changed, changed_by_id) VALUES ($1, $2, $3, $4, $5, $6)",
    [tenantId, code, definition.version, JSON.stringify(definition), changed, by],
  );
}

/** The states of a definition, the present one first. */
export async function listVersions(connection: Connection, { tenantId, code }: OfTest) {
  const { rows } = await connection.query<{
    version: number;
    changedAt: Date;
    changedByName: string | null;
    changed: string[];
  }>(
    `SELECT v.version, v.changed_at AS "changedAt", u.full_name AS "changedByName", v.changed FROM lab_test_version v
       LEFT JOIN user_account u ON u.tenant_id = v.tenant_id AND u.id = v.changed_by_id
      WHERE v.tenant_id = $1 AND v.code = $2 ORDER BY v.version DESC LIMIT 100`,
    [tenantId, code],
  );
  return rows;
}

/** What there is to choose from: departments in use, specimens, containers. */
export async function readSetup(connection: Connection, { tenantId }: Scoped) {
  const { rows } = await connection.query<{
    categories: string[];
    specimenTypes: { code: string; name: string }[];
    containerTypes: { code: string; name: string; cap: string | null }[];
  }>(
    `SELECT ARRAY(SELECT DISTINCT category FROM lab_test WHERE tenant_id = $1 ORDER BY 1) AS categories,
            COALESCE((SELECT jsonb_agg(jsonb_build_object('code', code, 'name', name) ORDER BY name) FROM specimen_type WHERE tenant_id = $1), '[]') AS "specimenTypes",
            COALESCE((SELECT jsonb_agg(jsonb_build_object('code', code, 'name', name, 'cap', cap) ORDER BY name) FROM container_type WHERE tenant_id = $1), '[]') AS "containerTypes"`,
    [tenantId],
  );
  return rows[0] ?? { categories: [], specimenTypes: [], containerTypes: [] };
}

/** Codes of LOINC's own table whose code or name holds every word; the table is empty until it is loaded. */
export async function searchLoinc(
  connection: Connection,
  { words, limit }: { words: readonly string[]; limit: number },
): Promise<{ code: string; name: string; system: string | null; unit: string | null }[]> {
  const { rows } = await connection.query<{ code: string; name: string; system: string | null; unit: string | null }>(
    `SELECT code, long_name AS name, system, example_unit AS unit FROM loinc_code
      WHERE status = 'ACTIVE' AND code || ' ' || long_name ILIKE ALL ($1::text[]) ORDER BY length(long_name), code LIMIT $2`,
    [words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`), limit],
  );
  return rows;
}
