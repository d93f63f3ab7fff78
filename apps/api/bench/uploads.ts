import pg from "pg";
import type { ApiProcess } from "./support/api-process.ts";
import { load, type Measured, type Pace } from "./support/load.ts";
import { oruOf20 } from "./support/oru.ts";
import { password } from "./support/seed.ts";

type Target = {
  id: string;
  orderNumber: string;
  mrn: string;
  lastName: string;
  firstName: string;
  birthDate: string;
  sex: string;
};

/** Filing an ORU^R01 of 20 OBX, durable when answered, each with an order of its own, at 50 clients. Goal: p95 under 50 ms. */
export async function benchUploads(
  api: ApiProcess,
  { ownerUrl, ...pace }: Pace & { ownerUrl: string },
): Promise<Measured> {
  const access = await api.signIn("bench.lab", password);
  const targets = await openOrders(ownerUrl);
  return load({
    port: api.port,
    clients: 50,
    ...pace,
    next: (n) => {
      const target = targets[n % targets.length];
      if (!target) throw new Error("There is no order to file with.");
      return {
        method: "POST",
        path: `/api/v1/lab-orders/${target.id}/results/`,
        headers: { authorization: `Bearer ${access}`, "content-type": "application/hl7-v2" },
        body: oruOf20(target),
      };
    },
  });
}

const openMin = 30_000;

/** Open orders, in no order; new ones are placed where earlier runs have filed with too many, so that each message has an order of its own. */
export async function openOrders(ownerUrl: string): Promise<Target[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `INSERT INTO service_order (tenant_id, id, facility_id, patient_id, order_number, test_code, test_name, priority, status, ordered_by_id)
       SELECT o.tenant_id, uuidv7(), o.facility_id, o.patient_id, 'B' || a.n + row_number() OVER (), o.test_code, o.test_name, 'ROUTINE', 'ORDERED', o.ordered_by_id
         FROM (SELECT max(substr(order_number, 2)::int) AS n, ${openMin} - count(*) FILTER (WHERE status = 'ORDERED') AS missing FROM service_order WHERE order_number ~ '^B[0-9]+$') a
        CROSS JOIN LATERAL (SELECT * FROM service_order WHERE order_number ~ '^B[0-9]+$' LIMIT GREATEST(a.missing, 0)) o`,
    );
    const { rows } = await owner.query<Target>(
      `SELECT o.id, o.order_number AS "orderNumber", p.mrn, p.last_name AS "lastName", p.first_name AS "firstName", to_char(p.date_of_birth, 'YYYYMMDD') AS "birthDate",
              CASE p.gender WHEN 'female' THEN 'F' ELSE 'M' END AS sex
         FROM service_order o JOIN patient p ON p.tenant_id = o.tenant_id AND p.id = o.patient_id
        WHERE o.status = 'ORDERED' AND o.order_number LIKE 'B%' ORDER BY random() LIMIT ${openMin}`,
    );
    return rows;
  } finally {
    await owner.end();
  }
}
