import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, startApi } from "../harness.ts";
import { oruOf, placeOrder, registerPatient } from "../lab.ts";
import { visitInConsult } from "../visit.ts";

/** Row 28: who copies the database's files, its write-ahead log and its log has no sealed value in clear. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("a copy of the database's files", () => {
  it("holds none of 1,000 sealed values in clear", { timeout: 300_000 }, async () => {
    const canaries = Array.from({ length: 1_000 }, (_, index) => `zqsecret${index.toString(36).padStart(3, "0")}q`);
    const left = [...canaries];
    const next = () => left.pop() ?? "zqsecretmore";
    const answers: Answer[] = [];
    const [technician, doctor] = [await api.as("lab_technician"), await api.as("doctor")];
    while (left.length >= 4) {
      const patient = await registerPatient(api, {
        firstName: "Zqreadable",
        phone: `+1 ${Math.floor(Math.random() * 1e9)}`,
        email: `${next()}@example.org`,
        address: `1 ${next()} ${next()}`,
      });
      if (left.length % 10 !== 0) continue;
      const order = await placeOrder(api, patient, { notes: next() });
      // A segment that nothing reads: it stands in the raw message only.
      const message = `${oruOf(patient, order, [{ notes: [next()] }])}ZZZ|${next()}\r`;
      const filed = await technician.call("result.upload", {
        orderId: order.id,
        contentBase64: Buffer.from(message).toString("base64"),
        fileName: `${next()}.hl7`,
      });
      expect(filed.status, filed.text).toBe(200);
      answers.push(await doctor.put(`/lab-orders/${order.id}/status/`, { status: "REVIEWED", comment: next() }));
    }
    await writeFreely(next, answers);
    expect(answers.filter(({ status }) => status >= 300).map(({ text }) => text)).toEqual([]);
    await api.owner.query("CHECKPOINT");
    const found = await filesWith("zqsecret");
    expect(found).toEqual([]);
    // The search itself works: names stay readable, by decision.
    expect((await filesWith("Zqreadable")).length).toBeGreaterThan(0);
  });
});

/** Every text a person can write freely about a patient or a visit. */
async function writeFreely(next: () => string, answers: Answer[]): Promise<void> {
  const [nurse, doctor, admin] = [await api.as("nurse"), await api.as("doctor"), await api.as("admin")];
  const patient = await registerPatient(api, { firstName: "Zqreadable" });
  const planned = await nurse.post("/encounters/", { patientId: patient.id, reason: next() });
  const allergy = await doctor.post(`/patients/${patient.id}/allergies/`, {
    substance: "Penicillin",
    reaction: next(),
    severity: "mild",
  });
  const hold = await admin.call("audit.placeHold", { fromDay: "2026-01-01", toDay: "2026-01-02", reason: next() });
  const { id: orderId } = await placeOrder(api, patient);
  answers.push(
    planned,
    await nurse.post(`/encounters/${planned.body.id}/cancel/`, { reason: next() }),
    allergy,
    hold,
    await doctor.put(`/lab-orders/${orderId}/status/`, { status: "CANCELLED", reason: next() }),
    await doctor.post(`/patients/${patient.id}/reveal-ssn/`, { reason: next() }),
    await doctor.post(`/allergies/${allergyId(allergy)}/refute/`, { reason: next() }),
  );
  const { id } = await visitInConsult(api, patient);
  answers.push(
    await doctor.post(`/encounters/${id}/assessment/`, { assessment: next() }),
    await doctor.post(`/encounters/${id}/plan/`, { plan: next() }),
    await doctor.post(`/encounters/${id}/close/`, { overrideReason: next() }),
  );
}

const allergyId = ({ body }: Answer) => (body as { items: { id: string }[] }).items[0]?.id;

/** Files of this database, of the write-ahead log and of the server's log that hold a text. */
async function filesWith(text: string): Promise<string[]> {
  const { rows } = await api.owner.query<{ file: string }>(
    `WITH folder AS (
       SELECT 'base/' || oid AS path FROM pg_database WHERE datname = current_database() UNION ALL SELECT 'pg_wal' UNION ALL SELECT 'log'),
     file AS MATERIALIZED (
       SELECT f.path || '/' || name AS file FROM folder f, LATERAL pg_ls_dir(f.path, true, false) name
        WHERE NOT (pg_stat_file(f.path || '/' || name, true)).isdir)
     SELECT file FROM file WHERE position(convert_to($1, 'UTF8') IN pg_read_binary_file(file, 0, 67108864, true)) > 0`,
    [text],
  );
  return rows.map(({ file }) => file);
}
