import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Api, startApi } from "../../../test/harness.ts";
import { type Obx, oruOf, placeOrder, registerPatient, type TestPatient } from "../../../test/lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../../../test/mllp.ts";
import type { Listener } from "../mllp/index.ts";

let api: Api;
let listener: Listener;
let sender: Sender;
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  listener = await startMllp(api);
  sender = await Sender.connect(listener.port);
});
afterAll(async () => {
  sender.close();
  await listener.close();
  await api.close();
});

type Item = {
  id: string;
  controlId: string;
  reason: string;
  path: string;
  version: number;
  candidates: { orderId: string; score: number; agrees: string[] }[];
};
const technician = () => api.as("lab_technician");
const listed = async (controlId: string, status = "WAITING"): Promise<Item | undefined> => {
  const { body } = await (await technician()).get(`/lab/unmatched/?status=${status}&limit=100`);
  return (body.items as Item[]).find((item) => item.controlId === controlId);
};
const parked = async (text: string): Promise<Item> => {
  readAck(await sender.send(text));
  const item = await listed(text.split("|")[9] ?? "");
  if (!item) throw new Error("The message does not wait.");
  return item;
};
const unknownNumber = (patient: TestPatient, values: Obx[] = [{}]) =>
  oruOf({ ...patient, mrn: "9999998" }, { orderNumber: "L0000000" }, values);
const audited = (id: string) => auditRows(api, "entity = 'unmatched' AND entity_id = $1", [id]);

describe("the unmatched desk", () => {
  it("shows what waits, why, where, and the orders it could belong to, the likeliest first", async () => {
    const [patient, namesake] = [await registerPatient(api), await registerPatient(api, { dateOfBirth: "1955-05-05" })];
    const order = await placeOrder(api, patient);
    await placeOrder(api, namesake);
    const item = await parked(unknownNumber(patient));
    expect(item).toMatchObject({ reason: "patient-not-found", path: "PID-3", candidates: [{ orderId: order.id }] });
    expect(item.candidates[0]?.agrees).toEqual(
      expect.arrayContaining(["birth date", "family name", "given name", "test"]),
    );
    expect(
      item.candidates.every(({ score }, index, all) => index === 0 || score <= (all[index - 1]?.score ?? 100)),
    ).toBe(true);
    const { body } = await (await technician()).call("unmatched.get", { id: item.id });
    const { data } = body.result as { data: { preview: { text: string } } };
    expect(data.preview.text).toContain("9999998^^^SITE^MR");
  });

  it("files a message with the order a technician chose; with a reason where it contradicts", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const item = await parked(unknownNumber(patient, [{ value: "5.5" }]));
    const client = await technician();
    const without = await client.post(`/lab/unmatched/${item.id}/match/`, { orderId: order.id });
    expect([without.status, without.body.code]).toEqual([409, "patient-mismatch"]);
    const stale = await client.post(`/lab/unmatched/${item.id}/match/`, { orderId: order.id, reason: "x", version: 9 });
    expect([stale.status, stale.body.code]).toEqual([409, "stale-version"]);
    const matched = await client.post(`/lab/unmatched/${item.id}/match/`, {
      orderId: order.id,
      reason: "Wristband misread",
    });
    expect([matched.status, matched.body.status, matched.body.orderId]).toEqual([200, "FILED", order.id]);
    const { body } = await (await api.as("doctor")).get(`/lab-orders/${order.id}/results/`);
    expect(body.items).toMatchObject([{ value: "5.5" }]);
    expect(await audited(item.id)).toMatchObject([
      { action: "unmatched.receive", user_id: null },
      { action: "unmatched.match", user_id: api.people.lab_technician.id, reason: "Wristband misread" },
    ]);
    const again = await client.post(`/lab/unmatched/${item.id}/match/`, { orderId: order.id, reason: "again" });
    expect([again.status, again.body.code]).toEqual([409, "wrong-transition"]);
    expect(await listed(item.controlId)).toBeUndefined();
    expect(await listed(item.controlId, "FILED")).toBeDefined();
  });

  it("tries a message again once its order is there, and takes it mended, byte for byte the original kept", async () => {
    const patient = await registerPatient(api);
    const client = await technician();
    const held = oruOf(patient, await placeOrder(api, patient), [{ value: "4.4" }]).replace(
      "|F|||20261102091500\r",
      "||||20261102091500\r",
    );
    const item = await parked(held);
    expect(item).toMatchObject({ reason: "message-invalid", path: "OBX[1]-11" });
    const asItIs = await client.post(`/lab/unmatched/${item.id}/replay/`, {});
    expect([asItIs.status, asItIs.body.code]).toEqual([422, "message-invalid"]);
    const mended = Buffer.from(held.replace("||||20261102091500\r", "|F|||20261102091500\r")).toString("base64");
    const replayed = await client.post(`/lab/unmatched/${item.id}/replay/`, { contentBase64: mended });
    expect([replayed.status, replayed.body.status], replayed.text).toEqual([200, "FILED"]);
    const { body } = await client.call("unmatched.get", { id: item.id });
    const { data } = body.result as { data: { preview: { text: string } } };
    expect(data.preview.text).toBe(held);
    // The analyser, which never saw an AA, sends it again: the answer is the one it got, and nothing is filed twice.
    expect(readAck(await sender.send(held)).code).toBe("AE");
    expect((await api.owner.query("SELECT 1 FROM hl7_message WHERE control_id = $1", [item.controlId])).rowCount).toBe(
      1,
    );
  });

  it("puts a message away with a reason, and keeps it", async () => {
    const patient = await registerPatient(api);
    const item = await parked(unknownNumber(patient));
    const client = await technician();
    expect((await client.post(`/lab/unmatched/${item.id}/reject/`, {})).status).toBe(400);
    const rejected = await client.post(`/lab/unmatched/${item.id}/reject/`, { reason: "Not ours" });
    expect([rejected.status, rejected.body.status]).toEqual([200, "REJECTED"]);
    expect(await listed(item.controlId, "REJECTED")).toMatchObject({ reason: "patient-not-found" });
    expect(
      (
        await api.owner.query("SELECT raw_sealed FROM unmatched_message WHERE id = $1", [item.id])
      ).rows[0].raw_sealed.includes("PID|"),
    ).toBe(false);
  });

  it("never files with a cancelled order, whatever the reason", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    await (await api.as("doctor")).put(`/lab-orders/${order.id}/status/`, { status: "CANCELLED" });
    const item = await parked(oruOf(patient, order, [{}]));
    expect(item.reason).toBe("order-cancelled");
    const answer = await (await technician()).post(`/lab/unmatched/${item.id}/match/`, {
      orderId: order.id,
      reason: "please",
    });
    expect([answer.status, answer.body.code]).toEqual([409, "wrong-transition"]);
  });

  it("is the laboratory's alone, and another organisation's message is not there", async () => {
    await parked(unknownNumber(await registerPatient(api)));
    for (const role of ["doctor", "nurse", "admin", "billing_clerk"] as const)
      expect((await (await api.as(role)).get("/lab/unmatched/")).status, role).toBe(403);
    expect((await api.anonymous.get("/lab/unmatched/")).status).toBe(401);
    const client = await technician();
    for (const id of ["0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a99"]) {
      expect((await client.post(`/lab/unmatched/${id}/reject/`, { reason: "x" })).status).toBe(404);
      expect((await client.post(`/lab/unmatched/${id}/replay/`, {})).status).toBe(404);
    }
  });

  it("goes to one of two who file at the same moment", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const item = await parked(unknownNumber(patient));
    const client = await technician();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        client.post(`/lab/unmatched/${item.id}/match/`, { orderId: order.id, reason: "r" }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});
