import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { placeOrder, registerPatient, type TestPatient } from "../../../test/lab.ts";
import { many } from "../../../test/trust/form.ts";

let api: Api;
let patient: TestPatient;
beforeAll(async () => {
  api = await startApi();
  patient = await registerPatient(api, { ssn: "123-45-6789", phone: "+1 555 010 0199" });
  await (await api.as("doctor")).get(`/patients/${patient.id}/`);
  await placeOrder(api, patient);
});
afterAll(() => api.close());

type Entry = { id: string; action: string; username: string; patientId: string | null; at: string; outcome: string };
const list = async (query: string) =>
  (await (await api.as("admin")).get(`/audit/?${query}`)).body as unknown as {
    items: Entry[];
    nextCursor: string | null;
  };

describe("the audit log", () => {
  it("holds who did what to which patient, for writes and reads", async () => {
    const { items } = await list(`patientId=${patient.id}`);
    expect(items.map(({ action, username }) => [action, username])).toEqual(
      expect.arrayContaining([
        ["patient.create", "nurse"],
        ["patient.read", "doctor"],
        ["order.create", "doctor"],
      ]),
    );
  });

  it("includes the lists in which a patient was shown", async () => {
    await (await api.as("nurse")).get("/lab-orders/");
    expect((await list(`patientId=${patient.id}&action=order.list`)).items[0]).toMatchObject({ username: "nurse" });
  });

  it("filters by person, action, prefix, outcome and time, and pages without losing or repeating an entry", async () => {
    const { items } = await list(`userId=${api.people.doctor.id}&limit=100`);
    expect(new Set(items.map(({ username }) => username))).toEqual(new Set(["doctor"]));
    expect((await list("action=patient.&limit=100")).items.every(({ action }) => action.startsWith("patient."))).toBe(
      true,
    );
    expect((await list("from=2000-01-01&to=2000-01-02")).items).toEqual([]);
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `to=2999-01-01&action=auth.&limit=2${cursor ? `&cursor=${cursor}` : ""}`,
      );
      for (const { id } of page.items) {
        expect(seen.has(id)).toBe(false);
        seen.add(id);
      }
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.size).toBeGreaterThan(2);
  });

  it("is for admins only and never shows another tenant's entries", async () => {
    for (const role of ["doctor", "nurse", "lab_technician", "billing_clerk"] as const)
      expect((await (await api.as(role)).get("/audit/")).status).toBe(403);
    const { body } = await (await api.as("otherAdmin")).get("/audit/?limit=100");
    expect((body.items as Entry[]).every(({ username }) => username?.startsWith("other"))).toBe(true);
  });

  it("never holds a sealed value in clear", async () => {
    const { rows } = await api.owner.query("SELECT row_to_json(a)::text AS entry FROM audit_entry a");
    const all = rows.map(({ entry }) => entry).join("\n");
    expect(all).not.toMatch(/123-?45-?6789|555 010 0199|5550100199/);
  });

  it("exports CSV in which no cell can run as a formula", async () => {
    const nurse = await api.as("nurse");
    await nurse.post("/patients/", {
      firstName: "=cmd()",
      lastName: "Formula",
      dateOfBirth: "1980-01-01",
      gender: "female",
    });
    const { items } = await list("action=patient.create&limit=1");
    const answer = await (await api.as("admin")).get(`/audit/export/?patientId=${items[0]?.patientId}`);
    expect(answer.headers["content-type"]).toContain("text/csv");
    expect(answer.headers["content-disposition"]).toContain("attachment");
    expect(answer.text.split("\r\n")[0]).toContain("at,username");
    expect(answer.text.split(/[,\r\n]/).some((cell) => /^[=+@\t]/.test(cell))).toBe(false);
  });

  it("leaves in the form of FHIR, with the same filter", async () => {
    const { status, body } = await (await api.as("admin")).get(
      `/audit/fhir/?patientId=${patient.id}&action=patient.read`,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ resourceType: "Bundle", type: "searchset" });
    const entry = body.entry as { resource: { resourceType: string; action: string } }[];
    expect(entry.length).toBeGreaterThan(0);
    for (const { resource } of entry) expect(resource).toMatchObject({ resourceType: "AuditEvent", action: "R" });
    expect((await (await api.as("doctor")).get("/audit/fhir/")).status).toBe(403);
  });

  it("holds exactly one entry for each of many scripted actions, with every field of who, what, when and where", {
    timeout: 300_000,
  }, async () => {
    const nurse = await api.as("nurse");
    const doctor = await api.as("doctor");
    const before = Number((await api.owner.query("SELECT count(*) FROM audit_entry")).rows[0].count);
    const actions = [
      () => nurse.get(`/patients/${patient.id}/`),
      () => nurse.get("/patients/"),
      () => nurse.get("/lab-orders/"),
      () => doctor.get(`/patients/${patient.id}/`),
      () => doctor.call("result.trends", { patientId: patient.id, codes: ["2823-3", "2160-0", "3094-0"] }),
    ];
    const count = many(5_000, 500);
    for (let from = 0; from < count; from += 20)
      await Promise.all(Array.from({ length: 20 }, (_, n) => actions[(from + n) % actions.length]?.()));
    const { rows } = await api.owner.query("SELECT * FROM audit_entry ORDER BY at DESC, id DESC LIMIT $1", [count]);
    expect(Number((await api.owner.query("SELECT count(*) FROM audit_entry")).rows[0].count) - before).toBe(count);
    for (const row of rows)
      for (const field of [
        "tenant_id",
        "at",
        "user_id",
        "username",
        "role",
        "facility_id",
        "session_id",
        "action",
        "entity",
        "outcome",
        "ip",
        "request_id",
        "leaf",
        "mac",
      ])
        expect(row[field], `${row.action} ${field}`).not.toBeNull();
  });

  it("cannot be changed or emptied by the application, on the parent or on a partition", async () => {
    const { rows } = await api.owner.query(
      "SELECT c.oid::regclass::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit_entry'::regclass",
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    for (const name of ["audit_entry", ...rows.map((row) => row.name)]) {
      for (const statement of [`UPDATE ${name} SET action = 'x'`, `DELETE FROM ${name}`, `TRUNCATE ${name}`]) {
        await expect(api.platform.database.pool.query(statement), statement).rejects.toThrow(/permission denied/);
      }
    }
    await expect(api.owner.query("DELETE FROM audit_entry")).rejects.toThrow(/append-only/);
  });

  it("fails the read when the entry cannot be written: no entry, no data", async () => {
    await api.owner.query("REVOKE INSERT ON audit_entry FROM infirmary_app");
    try {
      const answer = await (await api.as("doctor")).get(`/patients/${patient.id}/`);
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain(patient.lastName);
      expect(answer.text).not.toMatch(/permission|audit_entry|SELECT|INSERT/);
    } finally {
      await api.owner.query("GRANT INSERT ON audit_entry TO infirmary_app");
    }
  });
});
