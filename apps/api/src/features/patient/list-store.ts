import type { Connection } from "@infirmary/db/client";
import type { PatientList } from "@infirmary/shared/patient";
import type { PatientRow } from "./patient.ts";
import { patientColumns } from "./store.ts";

/** What a list sorts by before the id: the column, its type, and the row's field that holds it exactly. */
const sorts = {
  name: { column: "p.sort_name", type: "text", key: "sort_name" },
  mrn: { column: "p.mrn", type: "text", key: "mrn" },
  dateOfBirth: { column: "p.date_of_birth", type: "date", key: "date_of_birth" },
  createdAt: { column: "p.created_at", type: "timestamptz", key: "created_at_exact" },
} as const satisfies Record<PatientList["sort"], { column: string; type: string; key: keyof PatientRow }>;

/** The values of a row's sort keys, for a cursor. */
export const sortKeysOf = (sort: PatientList["sort"], row: PatientRow): [string, string] => [
  row[sorts[sort].key],
  row.id,
];

/** Living patients in the order asked for, from the given keys on. */
export async function listPatientRows(
  connection: Connection,
  options: {
    tenantId: string;
    sort: PatientList["sort"];
    direction: PatientList["direction"];
    gender: string | undefined;
    after: readonly [string, string] | null;
    limit: number;
  },
): Promise<PatientRow[]> {
  const { sort, direction, gender, after } = options;
  const { column, type } = sorts[sort];
  const values: unknown[] = [options.tenantId, options.limit];
  const where = ["p.tenant_id = $1", "p.deleted_at IS NULL"];
  if (gender) where.push(`p.gender = $${values.push(gender)}`);
  if (after) {
    const beyond = direction === "asc" ? ">" : "<";
    where.push(`(${column}, p.id) ${beyond} ($${values.push(after[0])}::${type}, $${values.push(after[1])}::uuid)`);
  }
  const { rows } = await connection.query<PatientRow>({
    name: `patients-${sort}-${direction}-${gender ? "gender" : "all"}-${after ? "next" : "first"}`,
    text: `SELECT ${patientColumns} FROM patient p WHERE ${where.join(" AND ")} ORDER BY ${column} ${direction}, p.id ${direction} LIMIT $2`,
    values,
  });
  return rows;
}
