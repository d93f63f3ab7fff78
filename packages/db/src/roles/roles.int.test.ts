import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDatabase } from "../../test-support/index.ts";
import { ensureAppRole } from "./index.ts";

let ownerUrl: string;
let owner: pg.Client;
const roles = ["role_plain", "role_bypassing", "role_owning"];

beforeAll(async () => {
  ({ ownerUrl } = await emptyDatabase("roles"));
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  for (const role of roles) await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
});
afterAll(async () => {
  await owner.query(`DROP OWNED BY ${roles}`);
  await owner.query(`DROP ROLE ${roles}`);
  await owner.end();
});

/** The operator's DATABASE_APP_URL that names a role. */
function urlOf(role: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = "x";
  return url.href;
}

describe("ensureAppRole", () => {
  it("takes the operator's role and gives it what the application has", async () => {
    const appUrl = urlOf("role_plain");
    expect(await ensureAppRole({ ownerUrl, appUrl })).toBe(appUrl);
    const { rows } = await owner.query("SELECT pg_has_role('role_plain', 'infirmary_app', 'USAGE') AS has");
    expect(rows).toEqual([{ has: true }]);
  });

  it("refuses a role that row-level security does not bind", async () => {
    await owner.query("ALTER ROLE role_bypassing BYPASSRLS");
    await expect(ensureAppRole({ ownerUrl, appUrl: urlOf("role_bypassing") })).rejects.toThrow(
      "bypasses row-level security",
    );
    await expect(ensureAppRole({ ownerUrl, appUrl: ownerUrl })).rejects.toThrow("bypasses row-level security");
  });

  it("refuses a role that owns tables, because an owner can switch its policies off", async () => {
    await owner.query("CREATE TABLE owned (id int); ALTER TABLE owned OWNER TO role_owning");
    await expect(ensureAppRole({ ownerUrl, appUrl: urlOf("role_owning") })).rejects.toThrow("owns tables");
  });

  it("names a role that does not exist", async () => {
    await expect(ensureAppRole({ ownerUrl, appUrl: urlOf("nobody_here") })).rejects.toThrow(
      "the role nobody_here, which does not exist",
    );
  });
});
