import type { Connection } from "@infirmary/db/client";
import type { LabTest } from "@infirmary/shared/catalog";

const columns = 'code, name, short_name AS "shortName", category, specimen, unit, is_panel AS "isPanel"';

/** Tests whose code, name or short name holds every word, those that begin with the text first. */
export async function searchLabTests(
  connection: Connection,
  { tenantId, words, limit }: { tenantId: string; words: readonly string[]; limit: number },
): Promise<LabTest[]> {
  const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
  const { rows } = await connection.query<LabTest>({
    name: "lab-tests",
    text: `SELECT ${columns} FROM lab_test
            WHERE tenant_id = $1 AND is_active AND code || ' ' || short_name || ' ' || name ILIKE ALL ($2::text[])
            ORDER BY NOT starts_with(lower(short_name), lower($3)), is_panel DESC, short_name LIMIT $4`,
    values: [tenantId, patterns, words[0] ?? "", limit],
  });
  return rows;
}

export async function findLabTest(
  connection: Connection,
  { tenantId, code }: { tenantId: string; code: string },
): Promise<LabTest | null> {
  const { rows } = await connection.query<LabTest>({
    name: "lab-test",
    text: `SELECT ${columns} FROM lab_test WHERE tenant_id = $1 AND code = $2`,
    values: [tenantId, code],
  });
  return rows[0] ?? null;
}
