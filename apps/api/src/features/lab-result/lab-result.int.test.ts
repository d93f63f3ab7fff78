import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../../test/harness.ts";
import { placeOrder, registerPatient } from "../../../test/lab.ts";
import { seedPerson } from "../../../test/tenants.ts";
import { insertTests } from "../../demo/store.ts";

let api: Api;
let first: Client;
let second: Client;
beforeAll(async () => {
  api = await startApi();
  const connection = await api.owner.connect();
  await connection.query("SELECT set_config('app.tenant_id', $1, false)", [api.home.id]);
  await insertTests(connection, { tenantId: api.home.id });
  connection.release(true);
  await seedPerson(api.owner, api.home, { username: "lab.two", fullName: "Lena Lab", roles: ["lab_technician"] });
  first = await api.as("lab_technician");
  second = await api.signIn("lab.two");
});
afterAll(() => api.close());

type Row = {
  orderItemId: string;
  code: string;
  range: { low: string } | null;
  previous: { value: string } | null;
  result: { id: string; flag: string } | null;
};
async function ordered(testCode = "2823-3", patient?: Awaited<ReturnType<typeof registerPatient>>) {
  const who = patient ?? (await registerPatient(api));
  const order = await placeOrder(api, who, { testCode });
  const { body } = await first.get(`/lab/results/?orderId=${order.id}`);
  const rows = body.items as Row[];
  const enter = (value: string, more: object = {}, by = first) =>
    by.post("/lab/results/", { orderItemId: rows[0]?.orderItemId, value, ...more });
  const seen = async () => {
    const answer = await (await api.as("doctor")).get(`/lab-orders/${order.id}/results/`);
    return (
      (answer.body.items as {
        code: string;
        value: string | null;
        abnormalFlag: string | null;
        status: string;
        version: number;
        referenceRange: string | null;
      }[]) ?? []
    );
  };
  const statusOf = async () => (await first.get(`/lab-orders/${order.id}/`)).body.status;
  return { patient: who, order, rows, enter, seen, statusOf };
}
const step = (by: Client, id: unknown, name: string, body: object = {}) =>
  by.post(`/lab/results/${String(id)}/${name}/`, body);

describe("a value at the bench", () => {
  it("goes from entered over verified to released, by two people, and is seen by doctors only then", async () => {
    const { enter, seen, statusOf, order } = await ordered();
    const entered = await enter("6.9");
    expect([entered.status, entered.body.flag, entered.body.referenceRange, entered.body.isCritical]).toEqual([
      201,
      "HH",
      "3.5-5.1",
      true,
    ]);
    const { id } = entered.body;
    expect((await step(second, id, "release")).body.code).toBe("wrong-transition");
    expect((await step(first, id, "verify")).body.code).toBe("second-person-needed");
    await expect(
      api.owner.query(
        "UPDATE lab_result SET status = 'VERIFIED', verified_by_id = entered_by_id, verified_at = now() WHERE id = $1",
        [id],
      ),
    ).rejects.toThrow(/verified_by_another/);
    expect((await step(second, id, "verify", { version: 1 })).body.status).toBe("VERIFIED");
    expect(await seen()).toEqual([]);
    const released = await step(first, id, "release");
    expect([released.status, released.body.status]).toEqual([200, "RELEASED"]);
    expect(await seen()).toMatchObject([
      { code: "2823-3", value: "6.9", abnormalFlag: "HH", status: "F", referenceRange: "3.5-5.1" },
    ]);
    expect(await statusOf()).toBe("COMPLETED");
    const bell = await (await api.as("doctor")).call("notification.list", {}, "query");
    expect(bell.text).toContain(`CRITICAL: Potassium [Moles/volume] in Serum or Plasma (${order.orderNumber})`);
    await expect(api.owner.query("UPDATE lab_result SET value = '4' WHERE id = $1", [id])).rejects.toThrow(
      /never changed/,
    );
    await expect(
      api.owner.query("UPDATE lab_result SET status = 'ENTERED', verified_by_id = NULL WHERE id = $1", [id]),
    ).rejects.toThrow(/never changed/);
  });

  it("is kept as written, judged by who it is of, and flagged by nothing where no range fits", async () => {
    const { enter, rows } = await ordered("718-7");
    expect(rows[0]?.range?.low).toBe("12.0");
    expect((await enter("<7.0")).body).toMatchObject({ value: "<7.0", flag: "LL" });
    expect((await enter("11.9")).body).toMatchObject({ flag: "L", version: 2 });
    expect((await enter("119", { unit: "g/L" })).body).toMatchObject({
      value: "119",
      unit: "g/L",
      flag: "L",
      referenceRange: null,
    });
    expect((await enter("12", { unit: "mmol/L" })).body.errors).toMatchObject([{ path: "unit" }]);
    expect((await enter("twelve")).body.errors).toMatchObject([{ path: "value" }]);
    expect((await enter("13", { isCritical: true })).body).toMatchObject({ flag: "AA", isCritical: true });
    const worded = await ordered("5196-1");
    expect((await worded.enter("reactive")).body).toMatchObject({ value: "Reactive", flag: "A" });
    expect((await worded.enter("perhaps")).status).toBe(400);
    await api.owner.query("UPDATE reference_range SET valid_to = '2000-01-01' WHERE test_code = '3084-1'");
    expect((await (await ordered("3084-1")).enter("99")).body).toMatchObject({ flag: null, referenceRange: null });
  });

  it("that changes after it was verified has to be verified again, and a stale change is told", async () => {
    const { enter } = await ordered();
    const { id } = (await enter("4.1")).body;
    await step(second, id, "verify");
    const changed = await enter("4.2", { version: 2 }, second);
    expect(changed.body).toMatchObject({ id, value: "4.2", status: "ENTERED", version: 3, verifiedByName: null });
    expect((await enter("4.3", { version: 2 })).body.code).toBe("stale-version");
    expect((await step(second, id, "verify")).body.code).toBe("second-person-needed");
    expect((await step(first, id, "verify")).status).toBe(200);
  });

  it("is shown as preliminary where it is marked so, and as final once released", async () => {
    const { enter, seen, statusOf } = await ordered();
    const { id } = (await enter("4.1", { isPreliminary: true })).body;
    expect(await seen()).toMatchObject([{ value: "4.1", status: "P" }]);
    expect(await statusOf()).toBe("IN_PROGRESS");
    await step(second, id, "verify");
    await step(second, id, "release");
    expect(await seen()).toMatchObject([{ value: "4.1", status: "F", version: 2 }]);
    expect(await statusOf()).toBe("COMPLETED");
  });

  it("of a panel leaves the others pending: half a panel never looks complete", async () => {
    const { order, rows, seen, statusOf } = await ordered("34528-0");
    expect(rows.map(({ code }) => code)).toEqual(["5902-2", "6301-6"]);
    const [time, inr] = rows;
    const { body } = await first.post("/lab/results/", { orderItemId: time?.orderItemId, value: "12.1" });
    await step(second, body.id, "verify");
    await step(second, body.id, "release");
    expect((await seen()).map(({ value, status }) => [value, status])).toEqual([
      ["12.1", "F"],
      [null, "I"],
    ]);
    expect(await statusOf()).toBe("IN_PROGRESS");
    await first.post("/lab/results/", { orderItemId: inr?.orderItemId, value: "1.0" });
    expect((await first.call("labResult.verifyOrder", { orderId: order.id })).text).toContain('"verified":0');
    expect((await second.call("labResult.verifyOrder", { orderId: order.id })).text).toContain('"verified":1');
    expect((await second.call("labResult.releaseOrder", { orderId: order.id })).text).toContain('"released":1');
    expect((await seen()).map(({ value, status }) => [value, status])).toEqual([
      ["12.1", "F"],
      ["1.0", "F"],
    ]);
    expect(await statusOf()).toBe("COMPLETED");
  });

  it("is corrected after its release by a new version that reopens the review, and everybody who saw the old one hears of it", async () => {
    const { order, enter, seen, statusOf } = await ordered();
    const { id } = (await enter("6.9")).body;
    expect((await step(first, id, "correct", { value: "4.9", reason: "Quentin mixed up tubes" })).body.code).toBe(
      "wrong-transition",
    );
    await step(second, id, "verify");
    await step(first, id, "release");
    expect((await enter("4.9")).body.code).toBe("wrong-transition");
    const nurse = await api.as("nurse");
    await nurse.get(`/lab-orders/${order.id}/results/`);
    const doctor = await api.as("doctor");
    await doctor.put(`/lab-orders/${order.id}/status/`, { status: "REVIEWED", comment: "Called" });
    const correction = await step(first, id, "correct", { value: "4.9", reason: "Quentin mixed up tubes" });
    expect(correction.body).toMatchObject({ correctsId: id, status: "ENTERED", reason: "Quentin mixed up tubes" });
    expect((await step(second, id, "correct", { value: "5.0", reason: "again" })).body.code).toBe("wrong-transition");
    expect((await seen())[0]?.value).toBe("6.9");
    await step(second, correction.body.id, "verify");
    await step(first, correction.body.id, "release");
    expect(await seen()).toMatchObject([{ value: "4.9", status: "C", version: 2 }]);
    expect(await statusOf()).toBe("COMPLETED");
    expect((await nurse.call("notification.list", {}, "query")).text).toContain("Corrected since you saw it");
    const { rows } = await api.owner.query(
      "SELECT (SELECT string_agg(to_jsonb(r)::text, '') FROM lab_result r WHERE order_id = $1) || (SELECT string_agg(to_jsonb(e)::text, '') FROM audit_entry e) AS all",
      [order.id],
    );
    expect(rows[0].all).not.toContain("Quentin");
  });

  it("far from the last one is marked, by the test's own limits", async () => {
    const { patient, enter } = await ordered();
    const { id } = (await enter("4.0")).body;
    await step(second, id, "verify");
    await step(second, id, "release");
    const next = await ordered("2823-3", patient);
    expect(next.rows[0]?.previous?.value).toBe("4.0");
    expect((await next.enter("4.5")).body.isDelta).toBe(false);
    expect((await next.enter("5.0")).body.isDelta).toBe(true);
  });

  it("answers for one tube's test leave its sibling alone", async () => {
    const patient = await registerPatient(api);
    const [one, sibling] = [await ordered("2823-3", patient), await ordered("2951-2", patient)];
    await (await api.as("nurse")).post("/lab/samples/", { orderIds: [one.order.id, sibling.order.id] });
    const { id } = (await one.enter("4.0")).body;
    await step(second, id, "verify");
    await step(second, id, "release");
    expect([await one.statusOf(), await sibling.statusOf()]).toEqual(["COMPLETED", "ORDERED"]);
    expect(await sibling.seen()).toEqual([]);
  });

  it("is on the bench by what is to be done next, with counts", async () => {
    const { order, enter } = await ordered();
    const bench = async (stage: string) => (await first.call("labResult.bench", { stage }, "query")).text;
    expect(await bench("COLLECT")).toContain(order.orderNumber);
    const { id } = (await enter("4.1")).body;
    expect(await bench("VERIFY")).toContain(order.orderNumber);
    await step(second, id, "verify");
    expect(await bench("RELEASE")).toContain(order.orderNumber);
    expect(await bench("RELEASE")).toMatch(/"stage":"RELEASE","count":\d+,"overdue":0/);
  });

  it("is closed to doctors, to nobody and to another organisation", async () => {
    const { order, enter, rows } = await ordered();
    const { id } = (await enter("4.1")).body;
    const doctor = await api.as("doctor");
    expect((await doctor.get(`/lab/results/?orderId=${order.id}`)).status).toBe(403);
    expect((await doctor.post("/lab/results/", { orderItemId: rows[0]?.orderItemId, value: "4" })).status).toBe(403);
    expect((await api.anonymous.post("/lab/results/", {})).status).toBe(401);
    const stranger = await seedPerson(api.owner, api.other, {
      username: "other.lab",
      fullName: "Olaf Lab",
      roles: ["lab_technician"],
    });
    const foreign = await api.signIn(stranger.username);
    expect((await foreign.get(`/lab/results/?orderId=${order.id}`)).status).toBe(404);
    expect((await step(foreign, id, "verify")).status).toBe(404);
    expect((await foreign.post("/lab/results/", { orderItemId: rows[0]?.orderItemId, value: "4" })).status).toBe(404);
  });
});
