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

/** Open orders of the seed, in no order. */
export async function openOrders(ownerUrl: string): Promise<Target[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<Target>(
      `SELECT o.id, o.order_number AS "orderNumber", p.mrn, p.last_name AS "lastName", p.first_name AS "firstName", to_char(p.date_of_birth, 'YYYYMMDD') AS "birthDate",
              CASE p.gender WHEN 'female' THEN 'F' ELSE 'M' END AS sex
         FROM service_order o JOIN patient p ON p.tenant_id = o.tenant_id AND p.id = o.patient_id
        WHERE o.status = 'ORDERED' AND o.order_number LIKE 'B%' ORDER BY random() LIMIT 20000`,
    );
    return rows;
  } finally {
    await owner.end();
  }
}
