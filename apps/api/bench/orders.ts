import type { ApiProcess } from "./support/api-process.ts";
import { load, type Measured, type Pace } from "./support/load.ts";
import { password } from "./support/seed.ts";

/** A page of 25 of 100,000 orders, in the mixes the screens ask for, at 50 clients. Goal: p95 under 30 ms. */
export async function benchOrders(api: ApiProcess, pace: Pace): Promise<Measured> {
  const access = await api.signIn("bench.doctor", password);
  const paths = [
    "/api/v1/lab-orders/",
    "/api/v1/lab-orders/?status=COMPLETED&sort=review",
    "/api/v1/lab-orders/?status=ORDERED&sort=worklist",
    "/api/v1/lab-orders/?status=REVIEWED&priority=STAT",
  ];
  return load({
    port: api.port,
    clients: 50,
    ...pace,
    next: (n) => ({
      method: "GET",
      path: paths[n % paths.length] ?? "/",
      headers: { authorization: `Bearer ${access}` },
    }),
  });
}
