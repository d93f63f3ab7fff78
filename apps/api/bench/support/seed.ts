import { hash } from "@node-rs/argon2";
import pg from "pg";
import { newId } from "../../src/core/id.ts";

export const password = "a password for the bench";
const patients = 5_000;
const orders = 100_000;

/** Fills the bench's database once: one tenant, a doctor and a technician, 5,000 patients, 100,000 orders over two years. */
export async function seedOrders(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rowCount } = await owner.query("SELECT 1 FROM tenant WHERE slug = 'bench-orders'");
    if (rowCount) return;
    await owner.query("BEGIN");
    const [tenant, facility] = [newId(), newId()];
    await owner.query("INSERT INTO tenant (id, slug, name) VALUES ($1, 'bench-orders', 'Bench')", [tenant]);
    await owner.query(
      "INSERT INTO facility (tenant_id, id, code, name, time_zone) VALUES ($1, $2, 'A', 'Bench', 'UTC')",
      [tenant, facility],
    );
    const doctor = await addPerson(owner, tenant, facility, "bench.doctor", "doctor");
    await addPerson(owner, tenant, facility, "bench.lab", "lab_technician");
    await owner.query(
      `INSERT INTO patient (tenant_id, id, mrn, first_name, last_name, sort_name, date_of_birth, gender)
       SELECT $1, gen_random_uuid(), (7000000 + i)::text, 'First' || i % 977, 'Last' || i % 1999, 'last' || i % 1999 || ' first' || i % 977, date '1940-01-01' + i % 28000, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END FROM generate_series(1, ${patients}) i`,
      [tenant],
    );
    await owner.query(
      `INSERT INTO service_order (tenant_id, id, facility_id, patient_id, order_number, test_code, test_name, priority, status, ordered_by_id, ordered_at)
       SELECT $1, gen_random_uuid(), $2, p.id, 'B' || i, '2823-3', 'Potassium [Moles/volume] in Serum or Plasma', (ARRAY['STAT', 'URGENT', 'ROUTINE', 'ROUTINE'])[1 + i % 4],
              (ARRAY['ORDERED', 'IN_PROGRESS', 'COMPLETED', 'REVIEWED', 'REVIEWED', 'REVIEWED', 'REVIEWED', 'CANCELLED'])[1 + i % 8], $3, now() - i * interval '10 minutes'
         FROM generate_series(1, ${orders}) i JOIN (SELECT id, row_number() OVER () AS n FROM patient WHERE tenant_id = $1) p ON p.n = 1 + i % ${patients}`,
      [tenant, facility, doctor],
    );
    await owner.query(
      `INSERT INTO result_review (tenant_id, id, order_id, order_version, reviewed_by_id)
       SELECT tenant_id, gen_random_uuid(), id, 1, ordered_by_id FROM service_order WHERE tenant_id = $1 AND status = 'REVIEWED'`,
      [tenant],
    );
    await owner.query("COMMIT");
    await owner.query("VACUUM ANALYZE");
  } finally {
    await owner.end();
  }
}

async function addPerson(
  owner: pg.Client,
  tenant: string,
  facility: string,
  username: string,
  role: string,
): Promise<string> {
  const id = newId();
  const passwordHash = await hash(password, { algorithm: 2, memoryCost: 8192, timeCost: 1, parallelism: 1 });
  await owner.query(
    "INSERT INTO user_account (tenant_id, id, username, full_name, email, password_hash, status) VALUES ($1, $2, $3, $3, 'bench@example.org', $4, 'ACTIVE')",
    [tenant, id, username, passwordHash],
  );
  await owner.query("INSERT INTO login_name (username, tenant_id, user_id) VALUES ($1, $2, $3)", [
    username,
    tenant,
    id,
  ]);
  await owner.query("INSERT INTO membership (tenant_id, user_id, facility_id, role) VALUES ($1, $2, $3, $4)", [
    tenant,
    id,
    facility,
    role,
  ]);
  return id;
}
