import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, startApi } from "../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const names = async (sql: string) => (await api.owner.query<{ name: string }>(sql)).rows.map(({ name }) => name);

describe("row-level security", () => {
  it("is enabled and forced with a policy on every table that has a tenant, partitions included", async () => {
    const unprotected = await names(`
      SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))`);
    expect(unprotected).toEqual([]);
  });

  it("has no foreign key between tenant tables, and no unique rule, that leaves the tenant out", async () => {
    const keys = await names(`
      SELECT k.conname AS name FROM pg_constraint k
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.confrelid <> 'tenant'::regclass
         AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attname = 'tenant_id')
         AND NOT (SELECT attnum FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = 'tenant_id') = ANY (k.conkey)`);
    const uniques = await names(`
      SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'tenant_id'
        JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
       WHERE i.indisunique AND NOT a.attnum = ANY (i.indkey::int2[]) AND c.relname <> 'login_name'`);
    expect([keys, uniques]).toEqual([[], []]);
  });

  it("keeps records of patients to who sees the patient, on every table that has a patient", async () => {
    // What is addressed to one person, written about access itself, or read by officers of the whole organisation.
    const exempt = [
      "audit_entry",
      "audit_shown",
      "event",
      "notification",
      "care_team_member",
      "break_glass",
      "patient_name",
    ];
    const unprotected = await names(`
      SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'patient_id' AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'in_scope' AND NOT p.polpermissive)`);
    expect(unprotected.filter((name) => !exempt.includes(name))).toEqual([]);
  });

  it("has no view that goes around it, and no function with its owner's rights but those reviewed here", async () => {
    const views = await names(`
      SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
         AND NOT COALESCE(reloptions::text LIKE '%security_invoker=true%', false)`);
    const unsafe = await names(`
      SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
         AND NOT COALESCE(proconfig::text LIKE '%search_path=%', false)`);
    expect([views, unsafe]).toEqual([[], []]);
  });

  it("binds an application role that owns nothing and bypasses nothing", async () => {
    expect(await names("SELECT relname AS name FROM pg_class WHERE relowner = 'infirmary_app'::regrole")).toEqual([]);
    const { rows } = await api.owner.query(
      "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'infirmary_app'",
    );
    expect(rows[0]).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false });
  });

  it("shows nothing without a tenant, only its own with one, and forgets the tenant with the transaction", async () => {
    const client = await api.platform.database.pool.connect();
    try {
      const count = async () => (await client.query("SELECT count(*)::int AS count FROM user_account")).rows[0].count;
      expect(await count()).toBe(0);
      await client.query("BEGIN");
      await client.query("SELECT set_config('app.tenant_id', $1, true)", [api.other.id]);
      expect(await count()).toBe(2);
      await expect(
        client.query("INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'x', 1)", [api.home.id]),
      ).rejects.toThrow(/row-level security/);
      await client.query("ROLLBACK");
      expect(await count()).toBe(0);
    } finally {
      client.release();
    }
  });

  it("never mixes tenants in a pool under load with failures", async () => {
    const [home, other] = [await api.as("admin"), await api.as("otherAdmin")];
    const answers: Answer[] = [];
    for (let from = 0; from < 400; from += 40) {
      const requests = Array.from({ length: 40 }, (_, step) => {
        const index = from + step;
        const client = index % 2 ? home : other;
        return index % 20 === 0 ? client.get("/users/?cursor=broken") : client.get("/users/");
      });
      answers.push(...(await Promise.all(requests)));
    }
    for (const [index, { status, body }] of answers.entries()) {
      if (index % 20 === 0) {
        expect(status).toBe(400);
        continue;
      }
      const usernames = (body.items as { username: string }[]).map(({ username }) => username);
      expect(usernames.every((username) => username.startsWith("other") === (index % 2 === 0))).toBe(true);
    }
  });
});
