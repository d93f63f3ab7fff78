import { isMrn } from "@infirmary/shared/patient";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Answer, type Api, startApi } from "../../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.close());

const jane = { firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-31", gender: "female" };
const full = { ...jane, phone: "+1 555 010 0142", email: "jane@example.org", address: "12 Elm Street\nSpringfield" };
const nobody = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11";
const pathsOf = (answer: Answer) => (answer.body.errors as unknown as { path: string }[]).map(({ path }) => path);
let ssnTaken = 0;
/** A number nobody in this file has yet. */
const newSsn = () => `234-56-${String(++ssnTaken).padStart(4, "0")}`;

async function register(
  body: object = jane,
): Promise<{ id: string; mrn: string; version: number; ssn: string | null }> {
  const answer = await (await api.as("doctor")).post("/patients/", body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body as never;
}

const auditOf = (id: string) => auditRows(api, "patient_id = $1", [id]);

describe("registering", () => {
  it("answers 201 with the whole record, the SSN masked", async () => {
    const ssn = newSsn();
    const answer = await (await api.as("nurse")).post("/patients/", { ...full, ssn });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...full, ssn: `***-**-${ssn.slice(-4)}`, version: 1 });
    expect(isMrn(String(answer.body.mrn))).toBe(true);
    expect(Object.keys(answer.body).sort()).toEqual([
      "address",
      "createdAt",
      "dateOfBirth",
      "email",
      "firstName",
      "gender",
      "id",
      "lastName",
      "mrn",
      "phone",
      "ssn",
      "updatedAt",
      "version",
    ]);
    expect(answer.text).not.toContain(ssn.replace(/-/g, ""));
  });

  it("marks every field that is missing or wrong, and stores nothing", async () => {
    const doctor = await api.as("doctor");
    const before = (await api.owner.query("SELECT count(*)::int AS n FROM patient")).rows[0].n;
    expect(pathsOf(await doctor.post("/patients/", {}))).toEqual(["firstName", "lastName", "dateOfBirth", "gender"]);
    const wrong: [object, string][] = [
      [{ dateOfBirth: "1980-02-30" }, "dateOfBirth"],
      [{ dateOfBirth: "2999-01-01" }, "dateOfBirth"],
      [{ gender: "x" }, "gender"],
      [{ email: "nobody" }, "email"],
      [{ phone: "call me" }, "phone"],
      [{ ssn: "000-12-3456" }, "ssn"],
      [{ firstName: " " }, "firstName"],
      [{ lastName: "a\u0000b" }, "lastName"],
      [{ firstName: "x".repeat(101) }, "firstName"],
      [{ firstName: { contains: "a" } }, "firstName"],
      [{ mrn: "1000001" }, "mrn"],
      [{ tenantId: nobody }, "tenantId"],
      [{ version: 7 }, "version"],
    ];
    for (const [field, path] of wrong) {
      const answer = await doctor.post("/patients/", { ...jane, ...field });
      expect([answer.status, pathsOf(answer)], JSON.stringify(field)).toEqual([400, [path]]);
      expect(answer.body.code).toBe("validation-failed");
    }
    expect((await api.owner.query("SELECT count(*)::int AS n FROM patient")).rows[0].n).toBe(before);
  });

  it("gives each of fifty registered at once an MRN of its own with a right check digit", async () => {
    const patients = await Promise.all(
      Array.from({ length: 50 }, (_, i) => register({ ...jane, lastName: `Crowd${i % 5}` })),
    );
    const mrns = patients.map(({ mrn }) => mrn);
    expect(new Set(mrns).size).toBe(50);
    expect(mrns.every(isMrn)).toBe(true);
  });

  it("takes a name whose folded form is far longer, and every Unicode name", async () => {
    const awkward = ["\u{FDFA}".repeat(100), "-", "🙂", "ﬀﬁ", "İstanbul", "a".repeat(100), "Å".repeat(100), "𝕁𝕒𝕟𝕖"];
    for (const lastName of awkward) await register({ ...jane, lastName });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), async (lastName) => {
        const answer = await (await api.as("doctor")).post("/patients/", { ...jane, lastName });
        expect([201, 400]).toContain(answer.status);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses the SSN of a registered patient, naming the MRN, unless told otherwise", async () => {
    const ssn = newSsn();
    const { mrn } = await register({ ...jane, ssn });
    const doctor = await api.as("doctor");
    const answer = await doctor.post("/patients/", { ...jane, lastName: "Roe", ssn: ssn.replace(/-/g, "") });
    expect([answer.status, answer.body.code]).toEqual([409, "possible-duplicate"]);
    expect(answer.body.errors).toEqual([{ path: "ssn", message: `The patient with MRN ${mrn} has this number.` }]);
    expect(answer.body.current).toBeUndefined();
    expect((await doctor.post("/patients/", { ...jane, lastName: "Roe", ssn, acceptDuplicate: true })).status).toBe(
      201,
    );
  });

  it("registers a namesake with the same birth date without asking", async () => {
    await register(jane);
    await register(jane);
  });

  it("gives the same answer once for a repeated Idempotency-Key", async () => {
    const doctor = await api.as("doctor");
    const headers = { "idempotency-key": "register-once" };
    const [first, second] = [
      await doctor.post("/patients/", jane, headers),
      await doctor.post("/patients/", jane, headers),
    ];
    expect(second.body).toEqual(first.body);
  });
});

describe("the stored record", () => {
  it("holds no phone, e-mail, address or SSN in clear anywhere", async () => {
    const ssn = newSsn();
    const secrets = { phone: "+1 555 987 6543", email: "canary@example.org", address: "77 Canary Wharf" };
    const { id } = await register({ ...jane, ...secrets, ssn });
    await (await api.as("doctor")).put(`/patients/${id}/`, { version: 1, address: "78 Canary Wharf" });
    const { rows } = await api.owner.query(
      `SELECT (SELECT string_agg(p::text, ' ') FROM patient p) || (SELECT string_agg(a::text, ' ') FROM audit_entry a)
              || (SELECT string_agg(encode(phone_sealed || email_sealed || address_sealed || ssn_sealed, 'escape'), ' ') FROM patient) AS dump`,
    );
    const { dump } = rows[0];
    const hex = (text: string) => Buffer.from(text).toString("hex");
    for (const secret of ["9876543", "canary@", "Canary Wharf", ssn, ssn.replace(/-/g, "")]) {
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(hex(secret));
    }
  });

  it("does not open a sealed field that was moved to another row", async () => {
    const [a, b] = [
      await register({ ...jane, phone: "+1 555 111 1111" }),
      await register({ ...jane, phone: "+1 555 222 2222" }),
    ];
    await api.owner.query(
      "UPDATE patient SET phone_sealed = (SELECT phone_sealed FROM patient WHERE id = $1) WHERE id = $2",
      [a.id, b.id],
    );
    expect((await (await api.as("doctor")).get(`/patients/${b.id}/`)).status).toBe(500);
    await api.owner.query("DELETE FROM patient_name WHERE patient_id = $1", [b.id]);
    await api.owner.query("UPDATE patient SET phone_sealed = NULL WHERE id = $1", [b.id]);
  });

  it("shows the application's role no row without a tenant, and none of another tenant", async () => {
    await register(jane);
    const client = await api.platform.database.pool.connect();
    try {
      for (const table of ["patient", "patient_name", "patient_name_variant"]) {
        await client.query("BEGIN");
        expect((await client.query(`SELECT 1 FROM ${table}`)).rowCount, table).toBe(0);
        await client.query("SELECT set_config('app.tenant_id', $1, true)", [api.other.id]);
        expect((await client.query(`SELECT 1 FROM ${table} WHERE tenant_id = $1`, [api.home.id])).rowCount, table).toBe(
          0,
        );
        await client.query("ROLLBACK");
      }
    } finally {
      client.release();
    }
  });
});

describe("reading", () => {
  it("answers with the record, with and without trailing slash, and leaves an entry", async () => {
    const { id } = await register(full);
    const nurse = await api.as("nurse");
    expect((await nurse.get(`/patients/${id}`)).body).toMatchObject(full);
    expect((await nurse.get(`/patients/${id}/`)).status).toBe(200);
    expect((await auditOf(id)).map(({ action, username }) => [action, username])).toEqual([
      ["patient.create", "doctor"],
      ["patient.read", "nurse"],
      ["patient.read", "nurse"],
    ]);
  });

  it("answers for another tenant's patient exactly as for an unknown one", async () => {
    const { id } = await register(jane);
    const stranger = await api.as("otherAdmin");
    const withoutRequest = ({ status, text }: Answer) => [status, text.replace(/"requestId":"[^"]*"/, "")];
    for (const ask of [
      (which: string) => stranger.get(`/patients/${which}/`),
      (which: string) => stranger.put(`/patients/${which}/`, { version: 1, firstName: "Eve" }),
      (which: string) => stranger.delete(`/patients/${which}/`),
      (which: string) => stranger.post(`/patients/${which}/reveal-ssn/`, { reason: "curious" }),
      (which: string) => stranger.call("patient.restore", { id: which }),
    ]) {
      const [foreign, unknown] = [withoutRequest(await ask(id)), withoutRequest(await ask(nobody))];
      expect(foreign).toEqual(unknown);
      expect(foreign[0]).toBe(404);
    }
    expect((await stranger.post("/patients/search/", { q: "doe" })).body.items).toEqual([]);
    expect((await stranger.get("/patients/")).body.items).toEqual([]);
  });

  it("takes no id that is none, and does not take `search` for one", async () => {
    const nurse = await api.as("nurse");
    expect((await nurse.get("/patients/42/")).status).toBe(400);
    expect((await nurse.get("/patients/search/?q=doe")).status).toBe(200);
    expect(pathsOf(await nurse.get("/patients/search/"))).toEqual(["q"]);
    expect(pathsOf(await nurse.get("/patients/search/?q=doe&limit=101"))).toEqual(["limit"]);
  });
});

describe("who may", () => {
  const read = ["admin", "doctor", "nurse", "lab_technician"];
  const write = ["admin", "doctor", "nurse"];
  const cases: [string, (role: Parameters<Api["as"]>[0], id: string) => Promise<Answer>, string[]][] = [
    ["list", async (role) => (await api.as(role)).get("/patients/"), read],
    ["read", async (role, id) => (await api.as(role)).get(`/patients/${id}/`), read],
    ["search by GET", async (role) => (await api.as(role)).get("/patients/search/?q=doe"), read],
    ["search by POST", async (role) => (await api.as(role)).post("/patients/search/", { q: "doe" }), read],
    ["register", async (role) => (await api.as(role)).post("/patients/", jane), write],
    [
      "look for duplicates",
      async (role) => (await api.as(role)).call("patient.duplicates", { firstName: "A", lastName: "B" }),
      write,
    ],
    ["change", async (role, id) => (await api.as(role)).put(`/patients/${id}/`, { version: 1 }), write],
    [
      "reveal",
      async (role, id) => (await api.as(role)).post(`/patients/${id}/reveal-ssn/`, { reason: "a test" }),
      ["admin", "doctor"],
    ],
    ["remove", async (role, id) => (await api.as(role)).delete(`/patients/${id}/`), ["admin"]],
    ["restore", async (role, id) => (await api.as(role)).call("patient.restore", { id }), ["admin"]],
  ];
  it.each(cases)("may %s is what the table of grants says", async (_, ask, allowed) => {
    for (const role of ["admin", "doctor", "nurse", "lab_technician", "billing_clerk"] as const) {
      const { id } = await register(jane);
      const { status } = await ask(role, id);
      expect([role, status < 300 ? "allowed" : status]).toEqual([role, allowed.includes(role) ? "allowed" : 403]);
    }
  });

  it("is nobody who is not signed in", async () => {
    const { id } = await register(jane);
    const { anonymous } = api;
    for (const answer of [
      await anonymous.get("/patients/"),
      await anonymous.post("/patients/", jane),
      await anonymous.get(`/patients/${id}/`),
      await anonymous.put(`/patients/${id}/`, { version: 1 }),
      await anonymous.delete(`/patients/${id}/`),
      await anonymous.get("/patients/search/?q=doe"),
      await anonymous.post("/patients/search/", { q: "doe" }),
      await anonymous.post(`/patients/${id}/reveal-ssn/`, { reason: "a test" }),
    ])
      expect([answer.status, answer.body.code]).toEqual([401, "not-signed-in"]);
  });
});

describe("changing", () => {
  it("leaves what is absent, clears what is null, and counts the version up", async () => {
    const { id } = await register({ ...full, ssn: newSsn() });
    const doctor = await api.as("doctor");
    const answer = await doctor.put(`/patients/${id}/`, { version: 1, phone: null, lastName: "Núñez" });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body).toMatchObject({
      phone: null,
      lastName: "Núñez",
      email: full.email,
      address: full.address,
      version: 2,
    });
    expect(answer.body.ssn).toMatch(/^\*{3}-\*{2}-\d{4}$/);
    const entry = (await auditOf(id)).at(-1);
    expect(entry).toMatchObject({
      action: "patient.update",
      before: { lastName: "Doe", phone: "(sealed)" },
      after: { lastName: "Núñez", phone: null },
    });
  });

  it("moves a patient to the new name in the search", async () => {
    const { id, mrn } = await register({ ...jane, lastName: "Oldname" });
    const doctor = await api.as("doctor");
    await doctor.put(`/patients/${id}/`, { version: 1, lastName: "Newname" });
    const found = async (q: string) =>
      ((await doctor.post("/patients/search/", { q })).body.items as unknown as { mrn: string }[]).map(
        (item) => item.mrn,
      );
    expect(await found("newname")).toEqual([mrn]);
    expect(await found("oldname")).toEqual([]);
  });

  it("finds a changed phone number and SSN by the new ones only", async () => {
    const [before, after] = [newSsn(), newSsn()];
    const { id, mrn } = await register({ ...jane, phone: "+1 555 300 0001", ssn: before });
    const doctor = await api.as("doctor");
    await doctor.put(`/patients/${id}/`, { version: 1, phone: "+1 555 300 0002", ssn: after });
    const found = async (q: string) =>
      ((await doctor.post("/patients/search/", { q })).body.items as unknown as { mrn: string }[]).map(
        (item) => item.mrn,
      );
    expect([await found("5553000001"), await found(before)]).toEqual([[], []]);
    expect([await found("5553000002"), await found(after)]).toEqual([[mrn], [mrn]]);
  });

  it("refuses a stale version with the record as it is now", async () => {
    const { id } = await register(full);
    const doctor = await api.as("doctor");
    await doctor.put(`/patients/${id}/`, { version: 1, firstName: "Janet" });
    const answer = await doctor.put(`/patients/${id}/`, { version: 1, firstName: "Joan" });
    expect([answer.status, answer.body.code]).toEqual([409, "stale-version"]);
    expect(answer.body.current).toMatchObject({ firstName: "Janet", version: 2 });
    expect((await auditOf(id)).at(-1)).toMatchObject({ action: "patient.update", outcome: "failed" });
  });

  it("accepts exactly one of twenty changes made at once", async () => {
    const { id } = await register(jane);
    const doctor = await api.as("doctor");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => doctor.put(`/patients/${id}/`, { version: 1, firstName: `Jane${i}` })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(answers.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(19);
  });

  it("wants a version, and marks wrong and unknown fields", async () => {
    const { id } = await register(jane);
    const doctor = await api.as("doctor");
    expect(pathsOf(await doctor.put(`/patients/${id}/`, { firstName: "A" }))).toEqual(["version"]);
    expect(pathsOf(await doctor.put(`/patients/${id}/`, { version: 1, dateOfBirth: "31.01.1980" }))).toEqual([
      "dateOfBirth",
    ]);
    expect(pathsOf(await doctor.put(`/patients/${id}/`, { version: 1, firstName: null }))).toEqual(["firstName"]);
    expect(pathsOf(await doctor.put(`/patients/${id}/`, { version: 1, isVip: true }))).toEqual(["isVip"]);
  });

  it("takes a record back as it was read: the masked SSN means unchanged, the MRN has no effect", async () => {
    const { id } = await register({ ...full, ssn: "123-45-6780" });
    const doctor = await api.as("doctor");
    const read = (await doctor.get(`/patients/${id}/`)).body;
    const answer = await doctor.put(`/patients/${id}/`, { ...read, mrn: "1000009", firstName: "Janet" });
    expect(answer.body).toMatchObject({
      firstName: "Janet",
      mrn: read.mrn,
      ssn: "***-**-6780",
      phone: read.phone,
      version: 2,
    });
    const revealed = await doctor.post(`/patients/${id}/reveal-ssn/`, { reason: "claim" });
    expect(String(revealed.body.ssn).replace(/-/g, "")).toBe("123456780");
  });
});
