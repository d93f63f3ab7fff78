import { mrnFromSequence } from "@infirmary/shared/patient";
import { hash } from "@node-rs/argon2";
import pg from "pg";
import { readKeyRing } from "../../src/core/build-platform.ts";
import { newId } from "../../src/core/id.ts";
import { nameWordsOf, sealFields, sortNameOf, variantsOf } from "../../src/features/patient/index.ts";
import { nameFrom, randomFrom } from "./names.ts";
import { password } from "./seed.ts";

export type BenchPatient = {
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  phone: string;
  ssn: string;
  mrn: string;
};

const batchSize = 5_000;

/** The patients of the bench, the same every time. */
export function benchPatients(count: number): BenchPatient[] {
  const random = randomFrom(20_261_122);
  const day = 86_400_000;
  return Array.from({ length: count }, (_, i) => ({
    firstName: nameFrom(random, "first"),
    lastName: nameFrom(random, "last"),
    dateOfBirth: new Date(Date.UTC(1930, 0, 1) + Math.floor(random() * 34_000) * day).toISOString().slice(0, 10),
    phone: `+1 ${200 + Math.floor(random() * 799)} ${String(Math.floor(random() * 1e7)).padStart(7, "0")}`,
    ssn: String(100_000_000 + Math.floor(random() * 560_000_000)),
    mrn: mrnFromSequence(100_001 + i),
  }));
}

/** Fills the bench's database once with so many patients of one tenant, and a nurse who may search them. */
export async function seedPatients(
  ownerUrl: string,
  keyFiles: { fieldKeys: string; indexKey: string },
  patients: readonly BenchPatient[],
): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const keys = readKeyRing(keyFiles.fieldKeys, keyFiles.indexKey);
  try {
    if ((await owner.query("SELECT 1 FROM tenant WHERE slug = 'bench-search'")).rowCount) return;
    await owner.query("BEGIN");
    const tenantId = newId();
    await owner.query("INSERT INTO tenant (id, slug, name) VALUES ($1, 'bench-search', 'Bench')", [tenantId]);
    await addNurse(owner, tenantId);
    const variants = new Map<string, Set<string>>();
    for (let start = 0; start < patients.length; start += batchSize) {
      const rows = patients.slice(start, start + batchSize).map((patient) => {
        const id = newId();
        const { phone, ssn } = patient;
        const words = nameWordsOf(patient);
        for (const word of words) variants.set(word, variants.get(word) ?? new Set(variantsOf(word)));
        return {
          ...patient,
          id,
          words,
          sortName: sortNameOf(patient),
          sealed: sealFields(
            keys,
            { tenantId, id },
            { phone, ssn, email: "patient@example.org", address: "1 Long Street, Springfield" },
          ),
        };
      });
      await insertBatch(owner, tenantId, rows);
    }
    const pairs = [...variants].flatMap(([word, spellings]) => [...spellings].map((variant) => ({ word, variant })));
    await owner.query(
      "INSERT INTO patient_name_variant (tenant_id, variant, word) SELECT $1, * FROM unnest($2::text[], $3::text[])",
      [tenantId, pairs.map(({ variant }) => variant), pairs.map(({ word }) => word)],
    );
    await owner.query("COMMIT");
    await owner.query("VACUUM ANALYZE");
  } finally {
    keys.dispose();
    await owner.end();
  }
}

type Row = BenchPatient & { id: string; words: string[]; sortName: string; sealed: ReturnType<typeof sealFields> };

async function insertBatch(owner: pg.Client, tenantId: string, rows: readonly Row[]): Promise<void> {
  const column = <T>(of: (row: Row) => T) => rows.map(of);
  await owner.query(
    `INSERT INTO patient (tenant_id, id, mrn, first_name, last_name, sort_name, date_of_birth, gender, phone_sealed, phone_token, email_sealed, address_sealed, ssn_sealed, ssn_token)
     SELECT $1, id, mrn, first_name, last_name, sort_name, born, 'unknown', ps, pt, es, "as", ss, st
       FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[], $8::bytea[], $9::bytea[], $10::bytea[], $11::bytea[], $12::bytea[], $13::bytea[])
         u (id, mrn, first_name, last_name, sort_name, born, ps, pt, es, "as", ss, st)`,
    [
      tenantId,
      column((row) => row.id),
      column((row) => row.mrn),
      column((row) => row.firstName),
      column((row) => row.lastName),
      column((row) => row.sortName),
      column((row) => row.dateOfBirth),
      column((row) => row.sealed.phone_sealed),
      column((row) => row.sealed.phone_token),
      column((row) => row.sealed.email_sealed),
      column((row) => row.sealed.address_sealed),
      column((row) => row.sealed.ssn_sealed),
      column((row) => row.sealed.ssn_token),
    ],
  );
  const names = rows.flatMap(({ id, sortName, words }) =>
    words.map((word) => ({ word, id, sortName, words: ` ${words.join(" ")} ` })),
  );
  await owner.query(
    "INSERT INTO patient_name (tenant_id, word, sort_name, patient_id, words) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::uuid[], $5::text[])",
    [
      tenantId,
      names.map(({ word }) => word),
      names.map(({ sortName }) => sortName),
      names.map(({ id }) => id),
      names.map(({ words }) => words),
    ],
  );
}

async function addNurse(owner: pg.Client, tenantId: string): Promise<void> {
  const [userId, facilityId] = [newId(), newId()];
  const passwordHash = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await owner.query(
    "INSERT INTO facility (tenant_id, id, code, name, time_zone) VALUES ($1, $2, 'A', 'Bench', 'UTC')",
    [tenantId, facilityId],
  );
  await owner.query(
    "INSERT INTO user_account (tenant_id, id, username, full_name, email, password_hash, status) VALUES ($1, $2, 'bench.nurse', 'Bench', 'bench@example.org', $3, 'ACTIVE')",
    [tenantId, userId, passwordHash],
  );
  await owner.query("INSERT INTO login_name (username, tenant_id, user_id) VALUES ('bench.nurse', $1, $2)", [
    tenantId,
    userId,
  ]);
  await owner.query("INSERT INTO membership (tenant_id, user_id, facility_id, role) VALUES ($1, $2, $3, 'nurse')", [
    tenantId,
    userId,
    facilityId,
  ]);
}
