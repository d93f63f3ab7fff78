import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

async function critical(flag = "HH") {
  const patient = await registerPatient(api);
  const order = await placeOrder(api, patient);
  const { body } = await upload(api, order.id, oruOf(patient, order, [{ value: "6.9", flag }]));
  const [value] = body.results as { id: string }[];
  const lab = await api.as("lab_technician");
  const log = (more: object = {}) =>
    lab.call("criticalCall.log", {
      observationId: value?.id,
      outcome: "READ_BACK",
      told: "Nurse Quentin, Ward 3",
      ...more,
    });
  const rowOf = async () => {
    const answer = await lab.call("criticalCall.list", { days: 7 }, "query");
    const items = (JSON.parse(answer.text) as { result: { data: { items: Row[] } } }).result.data.items;
    return items.find(({ orderNumber }) => orderNumber === order.orderNumber);
  };
  return { order, lab, log, rowOf, id: value?.id };
}
type Row = {
  orderNumber: string;
  reportedAt: string;
  dueAt: string;
  acknowledgedAt: string | null;
  calls: { outcome: string; told: string; calledByName: string }[];
};

describe("a critical value", () => {
  it("is on the list with when it is due, then with who was told and that it was read back, then with who acknowledged it", async () => {
    const { order, log, rowOf } = await critical();
    const before = await rowOf();
    expect(Date.parse(before?.dueAt ?? "") - Date.parse(before?.reportedAt ?? "")).toBe(30 * 60_000);
    expect(before?.calls).toEqual([]);
    await log({ outcome: "NOT_REACHED", told: "Dr. Doctor" });
    expect((await log()).status).toBe(200);
    expect((await rowOf())?.calls).toMatchObject([
      { outcome: "NOT_REACHED", told: "Dr. Doctor" },
      { outcome: "READ_BACK", told: "Nurse Quentin, Ward 3", calledByName: "Lars Lab" },
    ]);
    const doctor = await api.as("doctor");
    await doctor.put(`/lab-orders/${order.id}/status/`, { status: "REVIEWED", comment: "Treated" });
    expect((await rowOf())?.acknowledgedAt).not.toBeNull();
  });

  it("keeps its calls as they were, the name of who was told sealed", async () => {
    const { log, id } = await critical();
    await log({ note: "Quentin repeated 6.9" });
    const { rows } = await api.owner.query(
      "SELECT string_agg(to_jsonb(c)::text, '') AS all FROM critical_call c WHERE observation_id = $1",
      [id],
    );
    expect(rows[0].all).not.toContain("Quentin");
    await expect(api.owner.query("DELETE FROM critical_call WHERE observation_id = $1", [id])).rejects.toThrow(
      /append-only/,
    );
  });

  it("refuses a call about a value that is none, in the future, before it was reported, by who may not", async () => {
    const { log, id } = await critical();
    expect((await log({ calledAt: "2100-01-01T00:00:00Z" })).status).toBe(400);
    expect((await log({ calledAt: "2000-01-01T00:00:00Z" })).status).toBe(400);
    expect((await log({ told: "" })).status).toBe(400);
    expect((await (await critical("H")).log()).status).toBe(404);
    const body = { observationId: id, outcome: "READ_BACK", told: "x" };
    expect((await (await api.as("doctor")).call("criticalCall.log", body)).status).toBe(403);
    expect((await api.anonymous.call("criticalCall.log", body)).status).toBe(401);
  });
});
