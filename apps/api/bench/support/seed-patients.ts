import { openDatabase } from "@infirmary/db/client";
import { mrnFromSequence } from "@infirmary/shared/patient";
import { hash } from "@node-rs/argon2";
import pg from "pg";
import { openFieldKeys } from "../../src/core/build-platform.ts";
import { newId } from "../../src/core/id.ts";
import { importPatients } from "../../src/features/patient/index.ts";
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
  { slug, username }: { slug: string; username: string } = { slug: "bench-search", username: "bench.nurse" },
): Promise<void> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  const owner = await pool.connect();
  const database = openDatabase(ownerUrl);
  const keys = openFieldKeys(database.pool, keyFiles);
  try {
    if ((await owner.query("SELECT 1 FROM tenant WHERE slug = $1", [slug])).rowCount) return;
    await owner.query("BEGIN");
    const tenantId = newId();
    await keys.ready(tenantId);
    await owner.query("INSERT INTO tenant (id, slug, name) VALUES ($1, $2, 'Bench')", [tenantId, slug]);
    const facilityIds = [await addNurse(owner, { tenantId, username })];
    for (let start = 0; start < patients.length; start += batchSize) {
      const batch = patients.slice(start, start + batchSize).map((patient) => ({
        ...patient,
        gender: "unknown",
        email: "patient@example.org",
        address: "1 Long Street, Springfield",
        createdAt: new Date(),
        facilityIds,
      }));
      await importPatients(owner, { tenantId, keys, patients: batch });
    }
    await owner.query("COMMIT");
    await owner.query("VACUUM ANALYZE");
  } finally {
    await keys.close();
    await database.close();
    owner.release();
    await pool.end();
  }
}

/** Adds the nurse and the one facility; answers with its id. */
async function addNurse(
  owner: pg.PoolClient,
  { tenantId, username }: { tenantId: string; username: string },
): Promise<string> {
  const [userId, facilityId] = [newId(), newId()];
  const passwordHash = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await owner.query(
    "INSERT INTO facility (tenant_id, id, code, name, time_zone) VALUES ($1, $2, 'A', 'Bench', 'UTC')",
    [tenantId, facilityId],
  );
  await owner.query(
    "INSERT INTO user_account (tenant_id, id, username, full_name, email, password_hash, status) VALUES ($1, $2, $4, 'Bench', 'bench@example.org', $3, 'ACTIVE')",
    [tenantId, userId, passwordHash, username],
  );
  await owner.query("INSERT INTO login_name (username, tenant_id, user_id) VALUES ($3, $1, $2)", [
    tenantId,
    userId,
    username,
  ]);
  await owner.query("INSERT INTO membership (tenant_id, user_id, facility_id, role) VALUES ($1, $2, $3, 'nurse')", [
    tenantId,
    userId,
    facilityId,
  ]);
  return facilityId;
}
