import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { placeOrder, registerPatient } from "../../../test/lab.ts";
import { newId } from "../../core/id.ts";
import { insertTests } from "../../demo/store.ts";
import { codesOf } from "./label-specimen.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const connection = await api.owner.connect();
  await connection.query("SELECT set_config('app.tenant_id', $1, false)", [api.home.id]);
  await insertTests(connection, { tenantId: api.home.id });
  connection.release(true);
});
afterAll(() => api.close());

const cbc = { testCode: "58410-2", testName: "CBC" };
async function tube() {
  const patient = await registerPatient(api);
  const order = await placeOrder(api, patient);
  const nurse = await api.as("nurse");
  const lab = await api.as("lab_technician");
  const made = await nurse.post("/lab/samples/", { orderIds: [order.id] });
  if (made.status !== 201) throw new Error(made.text);
  const id = String(made.body.id);
  const step = (name: string, body: object = {}) => lab.post(`/lab/samples/${id}/${name}/`, body);
  return { patient, order, nurse, lab, id, barcode: String(made.body.barcode), step };
}

describe("a specimen", () => {
  it("is collected for orders that share a container, each tube with a number of its own", async () => {
    const patient = await registerPatient(api);
    const [potassium, sodium, blood] = [
      await placeOrder(api, patient),
      await placeOrder(api, patient, { testCode: "2951-2" }),
      await placeOrder(api, patient, cbc),
    ];
    const nurse = await api.as("nurse");
    const shared = await nurse.post("/lab/samples/", { orderIds: [potassium.id, sodium.id], condition: "fasting" });
    expect(shared.body).toMatchObject({
      status: "COLLECTED",
      containerName: "Serum separator tube",
      cap: "gold",
      condition: "fasting",
    });
    expect((shared.body.orders as unknown[]).length).toBe(2);
    const mixed = await nurse.post("/lab/samples/", { orderIds: [potassium.id, blood.id] });
    expect([mixed.status, mixed.body.code]).toEqual([400, "validation-failed"]);
    const stranger = await placeOrder(api, await registerPatient(api));
    expect((await nurse.post("/lab/samples/", { orderIds: [potassium.id, stranger.id] })).status).toBe(400);
    const many = await Promise.all(
      Array.from({ length: 10 }, () => nurse.post("/lab/samples/", { orderIds: [blood.id] })),
    );
    expect(new Set(many.map(({ body }) => body.barcode)).size).toBe(10);
    expect(
      (await nurse.post("/lab/samples/", { orderIds: [blood.id], collectedAt: "2100-01-01T00:00:00Z" })).status,
    ).toBe(400);
  });

  it("is received by its own barcode only, and starts its orders", async () => {
    const { lab, order, barcode, step } = await tube();
    const other = await tube();
    const wrong = await step("receive", { barcode: other.barcode });
    expect([wrong.status, wrong.body.code]).toEqual([409, "code-unknown"]);
    expect((await step("receive", { barcode, receivedAt: "2000-01-01T00:00:00Z" })).status).toBe(400);
    const received = await step("receive", { barcode });
    expect(received.body).toMatchObject({ status: "RECEIVED", version: 2, orders: [{ status: "IN_PROGRESS" }] });
    expect(
      (received.body.history as { kind: string; byScan: boolean }[]).map(({ kind, byScan }) => [kind, byScan]),
    ).toEqual([
      ["COLLECTED", false],
      ["RECEIVED", true],
    ]);
    expect((await lab.get(`/lab-orders/${order.id}/`)).body.status).toBe("IN_PROGRESS");
    expect((await step("receive")).body.code).toBe("wrong-transition");
  });

  it("is rejected with a reason that the orderer hears of, and collected again in its place", async () => {
    const { nurse, order, id, step } = await tube();
    expect((await step("reject", { reason: "UGLY" })).status).toBe(400);
    expect((await step("reject", { reason: "OTHER" })).status).toBe(400);
    const rejected = await step("reject", { reason: "HEMOLYZED", note: "Quentin shook it" });
    expect(rejected.body).toMatchObject({ status: "REJECTED", rejectReason: "HEMOLYZED" });
    const bell = await (await api.as("doctor")).call("notification.list", {}, "query");
    expect(bell.text).toContain("Specimen rejected: Potassium");
    expect(bell.text).toContain("hemolyzed");
    const again = await nurse.post("/lab/samples/", { orderIds: [order.id], replacesId: id });
    expect(again.body.replacesId).toBe(id);
    expect((await nurse.get(`/lab/samples/${id}/`)).body.replacedById).toBe(again.body.id);
    expect(
      (await nurse.post("/lab/samples/", { orderIds: [order.id], replacesId: String(again.body.id) })).status,
    ).toBe(400);
    const { rows } = await api.owner.query(
      "SELECT string_agg(to_jsonb(e)::text, '') AS all FROM specimen_event e WHERE specimen_id = $1",
      [id],
    );
    expect(rows[0].all).not.toContain("Quentin");
    expect(JSON.stringify((await nurse.get(`/lab/samples/${id}/`)).body.history)).toContain("Quentin shook it");
  });

  it("is divided, stored, found again and discarded, every step in its history", async () => {
    const { lab, id, step } = await tube();
    expect((await step("aliquot")).body.code).toBe("wrong-transition");
    await step("receive");
    const aliquot = await step("aliquot", { place: "Freezer 1" });
    expect(aliquot.body).toMatchObject({ parentId: id, status: "STORED", place: "Freezer 1" });
    expect((await step("store", { place: "<b>" })).status).toBe(400);
    await step("store", { place: "Fridge 2, B4" });
    expect((await step("discard", { version: 1 })).body.code).toBe("stale-version");
    expect((await step("discard", { note: "Seven days" })).body).toMatchObject({ status: "DISCARDED", place: null });
    expect((await step("receive")).status).toBe(409);
    const { body } = await lab.get(`/lab/samples/${id}/`);
    expect((body.history as { kind: string }[]).map(({ kind }) => kind)).toEqual([
      "COLLECTED",
      "RECEIVED",
      "ALIQUOTED",
      "STORED",
      "DISCARDED",
    ]);
    expect(body.aliquots).toMatchObject([{ barcode: aliquot.body.barcode }]);
    await expect(
      api.owner.query("UPDATE specimen_event SET kind = 'STORED' WHERE specimen_id = $1", [id]),
    ).rejects.toThrow(/append-only/);
  });

  it("is found by a scan, which says what kind of code it was", async () => {
    const { patient, order, lab, id, barcode } = await tube();
    const scan = async (code: string, expected?: string) => (await lab.call("specimen.scan", { code, expected })).body;
    const found = async (code: string) => JSON.stringify(await scan(code));
    expect(await found(barcode)).toContain(id);
    expect(await found(order.orderNumber)).toContain(order.id);
    expect(await found(patient.mrn)).toContain(patient.id);
    expect(JSON.stringify(await scan(order.orderNumber, "specimen"))).toContain(
      "This is the number of an order, not the number of a tube.",
    );
    expect(await found("4006381333931X")).toContain("code-unknown");
  });

  it("has a label of bars and dots that hold its number, and each printing is in its history", async () => {
    const { patient, nurse, id, barcode } = await tube();
    const { text } = await nurse.call("specimen.label", { id });
    expect(text).toContain(barcode);
    expect(text).toContain(patient.lastName.toUpperCase());
    expect(JSON.stringify((await nurse.get(`/lab/samples/${id}/`)).body.history)).toContain("LABELLED");
    // Code 128: start, one symbol of 11 modules for S and for the digits at most one each, check, stop of 13.
    const { bars, dots } = codesOf("S1000427");
    expect(bars.width % 11).toBe(2);
    expect(dots.size).toBe(21);
    expect(dots.path.startsWith("M0 0h1v1h-1z")).toBe(true);
  });

  it("is closed to who may not, to nobody and to another organisation", async () => {
    const { id, order, step } = await tube();
    const doctor = await api.as("doctor");
    expect((await doctor.post(`/lab/samples/${id}/receive/`, {})).status).toBe(403);
    expect((await (await api.as("billing_clerk")).get(`/lab/samples/${id}/`)).status).toBe(403);
    expect((await api.anonymous.get(`/lab/samples/${id}/`)).status).toBe(401);
    expect((await (await api.as("otherDoctor")).get(`/lab/samples/${id}/`)).status).toBe(404);
    expect((await (await api.as("otherDoctor")).post("/lab/samples/", { orderIds: [order.id] })).status).toBe(404);
    expect((await doctor.get(`/lab/samples/${newId()}/`)).status).toBe(404);
    expect((await step("receive")).status).toBe(200);
    const page = await doctor.get("/lab/samples/?limit=1&status=RECEIVED");
    expect((page.body.items as { id: string }[])[0]?.id).toBe(id);
  });
});
