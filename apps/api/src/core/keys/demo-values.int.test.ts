import { openDatabase } from "@infirmary/db/client";
import { testDatabase } from "@infirmary/db/test-support";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { loadDemo } from "../../demo/load-demo.ts";
import { verifyColumn } from "./reseal.ts";
import { listSealedColumns } from "./sealed-column.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
  // The tests' own tenants have an admin of that name; names are unique over the installation.
  await api.owner.query("DELETE FROM login_name WHERE username = 'admin'");
  await loadDemo(api.platform);
}, 120_000);
afterAll(() => api.close());

/** A table that binds its values to another name than its column's could not be rotated. */
it("every sealed value of the demo opens where the registry says it lives", { timeout: 60_000 }, async () => {
  const { keys } = api.platform;
  // As their owner: nobody else reads a partition by its own name.
  const database = openDatabase((await testDatabase()).ownerUrl, { connectionsMax: 2 });
  const { rows: tenants } = await api.owner.query<{ id: string }>(
    "SELECT id FROM tenant WHERE slug NOT IN ('home', 'other')",
  );
  let opened = 0;
  for (const { id } of tenants) {
    await keys.ready(id);
    for (const column of await listSealedColumns(database.pool)) {
      const outcome = await verifyColumn({ pool: database.pool, keys, tenantId: id }, column);
      expect(outcome.failed, `${column.table}.${column.column}`).toEqual([]);
      opened += outcome.opened;
    }
  }
  await database.close();
  expect(opened).toBeGreaterThan(500);
});
