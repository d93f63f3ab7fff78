import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { visitInConsult } from "../../../test/visit.ts";

let api: Api;
let patient: { id: string };
beforeAll(async () => {
  api = await startApi();
  patient = await registerPatient(api);
});
afterAll(() => api.close());

const base64 = (text: string) => Buffer.from(text).toString("base64");
const pdf = base64("%PDF-1.7\nthe scan");
const upload = async (changes: Record<string, unknown> = {}, role: "doctor" | "nurse" = "nurse") =>
  (await api.as(role)).post("/attachments/", {
    patientId: patient.id,
    fileName: "scan of Doe.pdf",
    contentBase64: pdf,
    ...changes,
  });

describe("a file", () => {
  it("lies outside the database, encrypted, and comes back as it was, to be saved and never shown", async () => {
    const { status, body } = await upload();
    expect([status, body.mediaType, body.sizeBytes]).toEqual([201, "application/pdf", 17]);
    const stored = await api.platform.files.read(`${api.home.id}/${body.id}`);
    expect(stored?.length).toBe(17 + 28);
    expect(stored?.toString("latin1")).not.toContain("scan");
    const { rows } = await api.owner.query("SELECT file_name_sealed FROM attachment WHERE id = $1", [body.id]);
    expect(rows[0].file_name_sealed.toString("latin1")).not.toContain("Doe");
    const saved = await (await api.as("doctor")).get(`/attachments/${body.id}/content/`);
    expect(saved.text).toBe("%PDF-1.7\nthe scan");
    expect(saved.headers).toMatchObject({
      "content-type": "application/pdf",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
      "content-disposition": "attachment; filename=\"scan_of_Doe.pdf\"; filename*=UTF-8''scan%20of%20Doe.pdf",
    });
    const entries = await api.owner.query("SELECT action FROM audit_entry WHERE entity_id = $1 ORDER BY at", [body.id]);
    expect(entries.rows).toEqual([{ action: "attachment.upload" }, { action: "attachment.download" }]);
  });

  it("does not open where a byte of it was changed, or another file was put in its place", async () => {
    const [first, second] = [await upload(), await upload()];
    const nameOf = (answer: typeof first) => `${api.home.id}/${answer.body.id}`;
    const other = await api.platform.files.read(nameOf(second));
    if (!other) throw new Error("Nothing is stored.");
    await api.platform.files.write(nameOf(first), other);
    const content = `/attachments/${first.body.id}/content/`;
    expect((await (await api.as("doctor")).get(content)).status).toBe(500);
    const changed = Buffer.from(other);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await api.platform.files.write(nameOf(second), changed);
    expect((await (await api.as("doctor")).get(`/attachments/${second.body.id}/content/`)).status).toBe(500);
  });

  it("is judged by its content: type, name and size", async () => {
    expect((await upload({ contentBase64: base64("MZ\u0000\u0001") })).status).toBe(415);
    expect((await upload({ fileName: "scan.png" })).body.errors).toMatchObject([{ path: "fileName" }]);
    expect((await upload({ fileName: "../scan.pdf" })).status).toBe(400);
    expect((await upload({ contentBase64: "" })).status).toBe(400);
    expect((await upload({ contentBase64: "%%%" })).status).toBe(400);
    expect((await upload({ contentBase64: base64(`%PDF-${"x".repeat(5 * 1024 * 1024 - 5)}`) })).status).toBe(201);
    expect((await upload({ contentBase64: base64(`%PDF-${"x".repeat(5 * 1024 * 1024)}`) })).status).toBe(400);
  });

  it("of a patient or visit is listed, put away and brought back, on the timeline too", async () => {
    const someone = await registerPatient(api);
    const { id: encounterId } = await visitInConsult(api, someone);
    const { body } = await upload({ patientId: someone.id, encounterId });
    await upload({ patientId: someone.id });
    const nurse = await api.as("nurse");
    const count = async (query = "") =>
      ((await nurse.get(`/attachments/?patientId=${someone.id}${query}`)).body.items as unknown[]).length;
    expect([await count(), await count(`&encounterId=${encounterId}`), await count("&limit=1")]).toEqual([2, 1, 1]);
    const step = (deed: string, patientId = someone.id) =>
      nurse.post(`/attachments/${body.id}/${deed}/`, { patientId });
    expect((await step("remove", patient.id)).status).toBe(400);
    expect((await step("remove")).status).toBe(200);
    expect((await step("remove")).body.code).toBe("wrong-transition");
    expect(await count()).toBe(1);
    expect((await step("restore")).body.removedAt).toBeNull();
    expect((await step("restore")).body.code).toBe("wrong-transition");
    const told = await nurse.get(`/encounters/${encounterId}/timeline/?type=document`);
    expect((told.body.items as { title: string }[]).map(({ title }) => title)).toEqual([
      "File brought back",
      "File put away",
      "File attached",
    ]);
    expect((await upload({ encounterId })).status).toBe(400);
  });

  it("is for who reads and writes documents, and nobody of another organisation", async () => {
    const { body } = await upload({}, "doctor");
    const content = `/attachments/${body.id}/content/`;
    expect((await api.anonymous.get(content)).status).toBe(401);
    expect((await (await api.as("lab_technician")).get(content)).status).toBe(403);
    const other = await api.as("otherDoctor");
    expect((await other.get(content)).status).toBe(404);
    expect((await other.post(`/attachments/${body.id}/remove/`, {})).status).toBe(404);
    expect(
      (await other.post("/attachments/", { patientId: patient.id, fileName: "a.pdf", contentBase64: pdf })).status,
    ).toBe(404);
  });
});
