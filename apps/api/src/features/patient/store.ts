import type { Connection } from "@infirmary/db/client";
import type { PatientRow } from "./patient.ts";
import type { SealedColumns } from "./sealed-fields.ts";

type Scoped = { tenantId: string };
type ById = Scoped & { id: string };

export const patientColumns = `p.id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender, p.phone_sealed, p.email_sealed,
  p.address_sealed, p.ssn_sealed, p.version, p.created_at, p.updated_at, p.sort_name, p.created_at::text AS created_at_exact`;

export async function findPatient(connection: Connection, { tenantId, id }: ById): Promise<PatientRow | null> {
  const { rows } = await connection.query<PatientRow>({
    name: "patient",
    text: `SELECT ${patientColumns} FROM patient p WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** The patient, removed or not, held for this transaction, so that two changes of it queue. */
export async function lockPatient(
  connection: Connection,
  { tenantId, id }: ById,
): Promise<(PatientRow & { is_removed: boolean }) | null> {
  const { rows } = await connection.query<PatientRow & { is_removed: boolean }>({
    name: "patient-lock",
    text: `SELECT ${patientColumns}, deleted_at IS NOT NULL AS is_removed FROM patient p WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** The tenant's next MRN in sequence. Whoever takes one holds the row until the commit: take it late. */
export async function nextMrnSequence(connection: Connection, { tenantId }: Scoped): Promise<number> {
  const { rows } = await connection.query<{ taken: string }>({
    name: "mrn-sequence",
    text: `INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'mrn', $2 + 1)
           ON CONFLICT (tenant_id, kind) DO UPDATE SET next = counter.next + 1 RETURNING next - 1 AS taken`,
    values: [tenantId, firstMrnSequence],
  });
  return Number(rows[0]?.taken);
}

/** Six digits from the first patient on, so that all of the first 900 000 MRNs are equally long and sort as text. */
export const firstMrnSequence = 100_001;

/** What a patient is found by. */
export type NameIndex = { sortName: string; words: readonly string[] };

export type NewPatient = ById & {
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  gender: string;
  /** Where the patient is registered. */
  facilityIds: readonly string[];
  sealed: SealedColumns;
  names: NameIndex;
};

export async function insertPatient(connection: Connection, patient: NewPatient): Promise<PatientRow> {
  const { sealed, names } = patient;
  const { rows } = await connection.query<PatientRow>({
    name: "patient-insert",
    text: `WITH p AS (
             INSERT INTO patient (tenant_id, id, mrn, first_name, last_name, date_of_birth, gender, sort_name,
                                  phone_sealed, phone_token, email_sealed, address_sealed, ssn_sealed, ssn_token, facility_ids)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $17) RETURNING *),
           n AS (
             INSERT INTO patient_name (tenant_id, word, sort_name, patient_id, words)
             SELECT $1, word, $8, $2, $16 FROM unnest($15::text[]) word)
           SELECT ${patientColumns} FROM p`,
    values: [
      patient.tenantId,
      patient.id,
      patient.mrn,
      patient.firstName,
      patient.lastName,
      patient.dateOfBirth,
      patient.gender,
      names.sortName,
      sealed.phone_sealed ?? null,
      sealed.phone_token ?? null,
      sealed.email_sealed ?? null,
      sealed.address_sealed ?? null,
      sealed.ssn_sealed ?? null,
      sealed.ssn_token ?? null,
      names.words,
      spaced(names.words),
      patient.facilityIds,
    ],
  });
  const [row] = rows;
  if (!row) throw new Error("An insert returns its row.");
  return row;
}

/** Adds many at once, with the times they were registered at. */
export async function insertPatients(
  connection: Connection,
  { tenantId, patients }: Scoped & { patients: readonly (NewPatient & { createdAt: Date })[] },
): Promise<void> {
  const column = <T>(of: (patient: NewPatient & { createdAt: Date }) => T) => patients.map(of);
  await connection.query(
    `INSERT INTO patient (tenant_id, id, mrn, first_name, last_name, sort_name, date_of_birth, gender, created_at, updated_at,
                          phone_sealed, phone_token, email_sealed, address_sealed, ssn_sealed, ssn_token, facility_ids)
     SELECT $1, id, mrn, first_name, last_name, sort_name, date_of_birth, gender, created_at, created_at,
            phone_sealed, phone_token, email_sealed, address_sealed, ssn_sealed, ssn_token, string_to_array(facility_ids, ',')::uuid[]
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::text[], $9::timestamptz[],
                   $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[], $14::bytea[], $15::bytea[], $16::text[])
            u (id, mrn, first_name, last_name, sort_name, date_of_birth, gender, created_at,
               phone_sealed, phone_token, email_sealed, address_sealed, ssn_sealed, ssn_token, facility_ids)`,
    [
      tenantId,
      column(({ id }) => id),
      column(({ mrn }) => mrn),
      column(({ firstName }) => firstName),
      column(({ lastName }) => lastName),
      column(({ names }) => names.sortName),
      column(({ dateOfBirth }) => dateOfBirth),
      column(({ gender }) => gender),
      column(({ createdAt }) => createdAt),
      column(({ sealed }) => sealed.phone_sealed ?? null),
      column(({ sealed }) => sealed.phone_token ?? null),
      column(({ sealed }) => sealed.email_sealed ?? null),
      column(({ sealed }) => sealed.address_sealed ?? null),
      column(({ sealed }) => sealed.ssn_sealed ?? null),
      column(({ sealed }) => sealed.ssn_token ?? null),
      column(({ facilityIds }) => facilityIds.join(",")),
    ],
  );
  const names = patients.flatMap(({ id, names: { sortName, words } }) =>
    words.map((word) => ({ id, word, sortName, words: spaced(words) })),
  );
  await connection.query(
    `INSERT INTO patient_name (tenant_id, word, sort_name, patient_id, words)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[])`,
    [
      tenantId,
      names.map(({ word }) => word),
      names.map(({ sortName }) => sortName),
      names.map(({ id }) => id),
      names.map(({ words }) => words),
    ],
  );
}

/** Makes the tenant's next MRN the one after so many, counted from the first. */
export async function setMrnSequence(
  connection: Connection,
  { tenantId, taken }: Scoped & { taken: number },
): Promise<void> {
  await connection.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'mrn', $2)", [
    tenantId,
    firstMrnSequence + taken,
  ]);
}

export type PatientChanges = {
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: string;
} & SealedColumns;

/** Changes the columns given of a patient this transaction holds, and counts its version up. */
export async function updatePatientRow(
  connection: Connection,
  { tenantId, id, sortName, columns }: ById & { sortName: string; columns: Partial<PatientChanges> },
): Promise<PatientRow> {
  const values: unknown[] = [tenantId, id, sortName];
  const sets = Object.entries(columns).map(([column, value]) => `${column} = $${values.push(value)}`);
  const { rows } = await connection.query<PatientRow>(
    `UPDATE patient p SET ${["sort_name = $3", ...sets, "version = version + 1", "updated_at = now()"].join(", ")}
      WHERE tenant_id = $1 AND id = $2 RETURNING ${patientColumns}`,
    values,
  );
  const [row] = rows;
  if (!row) throw new Error("The patient is held by this transaction.");
  return row;
}

export async function setRemoved(
  connection: Connection,
  { tenantId, id, isRemoved }: ById & { isRemoved: boolean },
): Promise<void> {
  await connection.query({
    name: "patient-removed",
    text: `UPDATE patient SET deleted_at = CASE WHEN $3 THEN now() END, version = version + 1, updated_at = now()
            WHERE tenant_id = $1 AND id = $2`,
    values: [tenantId, id, isRemoved],
  });
}

/** Makes the patient found by these names and no others; by none when there is no index. */
export async function replaceNames(
  connection: Connection,
  { tenantId, id, names }: ById & { names: NameIndex | null },
): Promise<void> {
  await connection.query({
    name: "patient-names-delete",
    text: "DELETE FROM patient_name WHERE tenant_id = $1 AND patient_id = $2",
    values: [tenantId, id],
  });
  if (!names) return;
  await connection.query({
    name: "patient-names",
    text: `INSERT INTO patient_name (tenant_id, word, sort_name, patient_id, words)
           SELECT $1, word, $3, $2, $5 FROM unnest($4::text[]) word`,
    values: [tenantId, id, names.sortName, names.words, spaced(names.words)],
  });
}

/**
 * Enters the words the dictionary does not know yet. In one order for everybody, so that two registrations of the same
 * new names wait for each other and never in a circle.
 */
export async function addToDictionary(
  connection: Connection,
  { tenantId, variants }: Scoped & { variants: readonly { variant: string; word: string }[] },
): Promise<void> {
  await connection.query({
    name: "patient-dictionary",
    text: `INSERT INTO patient_name_variant (tenant_id, variant, word)
           SELECT $1, u.variant, u.word FROM unnest($2::text[], $3::text[]) u (variant, word)
            WHERE NOT EXISTS (SELECT FROM patient_name_variant k WHERE k.tenant_id = $1 AND k.variant = u.word AND k.word = u.word)
            ORDER BY u.variant COLLATE "C", u.word COLLATE "C"
           ON CONFLICT DO NOTHING`,
    values: [tenantId, variants.map(({ variant }) => variant), variants.map(({ word }) => word)],
  });
}

/** MRNs of living patients with this SSN. */
export async function findMrnsBySsn(
  connection: Connection,
  { tenantId, token }: Scoped & { token: Buffer },
): Promise<{ id: string; mrn: string }[]> {
  const { rows } = await connection.query<{ id: string; mrn: string }>({
    name: "patient-by-ssn",
    text: "SELECT id, mrn FROM patient WHERE tenant_id = $1 AND ssn_token = $2 AND deleted_at IS NULL ORDER BY mrn LIMIT 10",
    values: [tenantId, token],
  });
  return rows;
}

/** Words as the index holds them: ascending, each between blanks. */
export const spaced = (words: readonly string[]) => ` ${words.join(" ")} `;
