import type { Connection } from "@infirmary/db/client";
import type { DiagnosisCode, DiagnosisRank } from "@infirmary/shared/diagnosis";

type OfVisit = { tenantId: string; encounterId: string };
type CodeRow = { code: string; title: string; is_billable: boolean };
const toCode = (row: CodeRow): DiagnosisCode => ({ code: row.code, title: row.title, isBillable: row.is_billable });

export async function findCode(connection: Connection, code: string): Promise<DiagnosisCode | null> {
  const { rows } = await connection.query<CodeRow>({
    name: "icd-code",
    text: "SELECT code, title, is_billable FROM diagnosis_code WHERE code = $1",
    values: [code],
  });
  return rows[0] ? toCode(rows[0]) : null;
}

/** Codes that begin so, in the order of the classification. @param prefix upper case, with its dot */
export async function codesFrom(connection: Connection, prefix: string, limit: number): Promise<DiagnosisCode[]> {
  const { rows } = await connection.query<CodeRow>({
    name: "icd-prefix",
    text: "SELECT code, title, is_billable FROM diagnosis_code WHERE code >= $1 AND code < $2 ORDER BY is_common DESC, code LIMIT $3",
    values: [prefix, `${prefix}~`, limit],
  });
  return rows.map(toCode);
}

/** How many words a common one may be searched through before all are: enough to fill a screen. */
const wordsQuery = (isCommon: boolean) =>
  `SELECT code, title, is_billable FROM diagnosis_code WHERE words @@ to_tsquery('simple', $1) AND is_common = ${isCommon} ORDER BY rank, code LIMIT $2`;

/** Codes whose title or synonyms hold all words, each a beginning; common ones first. @param query a tsquery of prefixes */
export async function codesByWords(connection: Connection, query: string, limit: number): Promise<DiagnosisCode[]> {
  const common = await connection.query<CodeRow>({
    name: "icd-common",
    text: wordsQuery(true),
    values: [query, limit],
  });
  const left = limit - common.rows.length;
  if (left <= 0) return common.rows.map(toCode);
  const rest = await connection.query<CodeRow>({ name: "icd-rest", text: wordsQuery(false), values: [query, left] });
  return [...common.rows, ...rest.rows].map(toCode);
}

/** What the person wrote last, each code once. */
export async function recentCodes(
  connection: Connection,
  { tenantId, userId, limit }: { tenantId: string; userId: string; limit: number },
): Promise<DiagnosisCode[]> {
  const { rows } = await connection.query<CodeRow>({
    name: "icd-recent",
    text: `SELECT c.code, c.title, c.is_billable FROM
             (SELECT code, max(recorded_at) AS at FROM
               (SELECT code, recorded_at FROM encounter_diagnosis WHERE tenant_id = $1 AND recorded_by_id = $2 ORDER BY recorded_at DESC LIMIT 200) last
               GROUP BY code ORDER BY at DESC LIMIT $3) r
             JOIN diagnosis_code c ON c.code = r.code ORDER BY r.at DESC`,
    values: [tenantId, userId, limit],
  });
  return rows.map(toCode);
}

export async function favouriteCodes(
  connection: Connection,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<DiagnosisCode[]> {
  const { rows } = await connection.query<CodeRow>(
    `SELECT c.code, c.title, c.is_billable FROM diagnosis_favourite f JOIN diagnosis_code c ON c.code = f.code
      WHERE f.tenant_id = $1 AND f.user_id = $2 ORDER BY c.title LIMIT 100`,
    [tenantId, userId],
  );
  return rows.map(toCode);
}

export async function keepFavourite(
  connection: Connection,
  { tenantId, userId, code, isKept }: { tenantId: string; userId: string; code: string; isKept: boolean },
): Promise<void> {
  await connection.query(
    isKept
      ? "INSERT INTO diagnosis_favourite (tenant_id, user_id, code) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
      : "DELETE FROM diagnosis_favourite WHERE tenant_id = $1 AND user_id = $2 AND code = $3",
    [tenantId, userId, code],
  );
}

/** Makes the visit's primary diagnosis, if it has one, a secondary one. */
export async function demotePrimary(connection: Connection, { tenantId, encounterId }: OfVisit): Promise<void> {
  await connection.query(
    "UPDATE encounter_diagnosis SET rank = 'secondary' WHERE tenant_id = $1 AND encounter_id = $2 AND rank = 'primary' AND withdrawn_at IS NULL",
    [tenantId, encounterId],
  );
}

/** Adds the diagnosis to the visit; one of that code takes the rank. */
export async function putDiagnosis(
  connection: Connection,
  diagnosis: OfVisit & {
    id: string;
    patientId: string;
    code: string;
    title: string;
    rank: DiagnosisRank;
    recordedById: string;
  },
): Promise<void> {
  await connection.query(
    `INSERT INTO encounter_diagnosis (tenant_id, id, encounter_id, patient_id, code, title, rank, recorded_by_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (tenant_id, encounter_id, code) WHERE withdrawn_at IS NULL DO UPDATE SET rank = EXCLUDED.rank`,
    [
      diagnosis.tenantId,
      diagnosis.id,
      diagnosis.encounterId,
      diagnosis.patientId,
      diagnosis.code,
      diagnosis.title,
      diagnosis.rank,
      diagnosis.recordedById,
    ],
  );
}

/** Withdraws the diagnosis; answers its code, or null where the visit has no such one. */
export async function withdrawDiagnosis(
  connection: Connection,
  { tenantId, encounterId, diagnosisId, userId }: OfVisit & { diagnosisId: string; userId: string },
): Promise<string | null> {
  const { rows } = await connection.query<{ code: string }>(
    `UPDATE encounter_diagnosis SET withdrawn_at = now(), withdrawn_by_id = $4
      WHERE tenant_id = $1 AND encounter_id = $2 AND id = $3 AND withdrawn_at IS NULL RETURNING code`,
    [tenantId, encounterId, diagnosisId, userId],
  );
  return rows[0]?.code ?? null;
}
