import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, type TestPatient, upload } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const results = async (orderId: string) =>
  (await (await api.as("doctor")).get(`/lab-orders/${orderId}/results/`)).body.items as Record<string, unknown>[];
const order = async (patient: TestPatient, changes = {}) => placeOrder(api, patient, changes);

describe("corrections", () => {
  it("make a new version, keep the old one readable, and reopen a signed-off review", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(
      api,
      placed.id,
      oruOf(
        patient,
        placed,
        [
          { value: "6.9", flag: "HH" },
          { code: "2951-2", value: "140" },
        ],
        { sent: "20261102093000" },
      ),
    );
    const doctor = await api.as("doctor");
    await doctor.put(`/lab-orders/${placed.id}/status/`, { status: "REVIEWED", comment: "seen" });
    const corrected = await upload(
      api,
      placed.id,
      oruOf(patient, placed, [{ value: "4.9", status: "C" }], { sent: "20261102103000" }),
    );
    expect(corrected.status).toBe(201);
    const [potassium, sodium] = await results(placed.id);
    expect(potassium).toMatchObject({ value: "4.9", status: "C", version: 2 });
    expect(sodium).toMatchObject({ value: "140", version: 1 });
    const history = (await doctor.get(`/results/${potassium?.id}/history/`)).body.items;
    expect(history).toMatchObject([
      { value: "4.9", version: 2, supersedesId: expect.any(String) },
      { value: "6.9", version: 1 },
    ]);
    expect((await doctor.get(`/lab-orders/${placed.id}/`)).body).toMatchObject({
      status: "COMPLETED",
      counts: { critical: 0, observations: 2 },
    });
  });

  it("never let a preliminary, an uncorrected or an older value replace what stands", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "4.1" }], { sent: "20261102093000" }));
    const preliminary = await upload(
      api,
      placed.id,
      oruOf(patient, placed, [{ value: "4.0", status: "P" }], { sent: "20261102093100" }),
    );
    expect([preliminary.status, preliminary.body.code]).toEqual([409, "result-superseded"]);
    const older = await upload(api, placed.id, oruOf(patient, placed, [{ value: "3.9" }], { sent: "20261102092900" }));
    expect(older.body.code).toBe("result-superseded");
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "5.0", status: "C" }], { sent: "20261102094000" }));
    const resent = await upload(api, placed.id, oruOf(patient, placed, [{ value: "4.1" }], { sent: "20261102095000" }));
    expect(resent.body.code).toBe("result-superseded");
    expect((await results(placed.id))[0]).toMatchObject({ value: "5.0", version: 2 });
  });

  it("go through from preliminary to final, the order in progress until then", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const first = await upload(
      api,
      placed.id,
      oruOf(
        patient,
        placed,
        [
          { value: "4.1", status: "P" },
          { code: "2951-2", value: "140" },
        ],
        { sent: "20261102093000" },
      ),
    );
    expect(first.body.orderStatus).toBe("IN_PROGRESS");
    const final = await upload(
      api,
      placed.id,
      oruOf(
        patient,
        placed,
        [
          { value: "4.2", status: "F" },
          { code: "2951-2", value: "140" },
        ],
        { sent: "20261102103000" },
      ),
    );
    expect(final.body.orderStatus).toBe("COMPLETED");
    expect(await results(placed.id)).toMatchObject([
      { value: "4.2", version: 2 },
      { value: "140", version: 1 },
    ]);
  });

  it("of a text in several lines under one code replace it line by line", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const lines = (status: string, ...texts: string[]) => texts.map((value) => ({ type: "TX", value, status }));
    await upload(api, placed.id, oruOf(patient, placed, lines("P", "growth", "pending"), { sent: "20261102093000" }));
    const final = await upload(
      api,
      placed.id,
      oruOf(patient, placed, lines("F", "E. coli", "sensitive"), { sent: "20261102103000" }),
    );
    expect(final.status, final.text).toBe(201);
    expect(await results(placed.id)).toMatchObject([
      { value: "E. coli", version: 2 },
      { value: "sensitive", version: 2 },
    ]);
  });

  it("are not what a second specimen of the same test is: both values stand", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(
      api,
      placed.id,
      oruOf(patient, placed, [{ value: "5", time: "20261102080000" }], { sent: "20261102093000" }),
    );
    await upload(
      api,
      placed.id,
      oruOf(patient, placed, [{ value: "50", time: "20261102110000" }], { sent: "20261102113000" }),
    );
    expect((await results(placed.id)).map(({ value, version }) => [value, version])).toEqual([
      ["5", 1],
      ["50", 1],
    ]);
  });

  it("that withdraw every value are told as corrected and can be signed off", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const doctor = await api.as("doctor");
    const sign = () => doctor.put(`/lab-orders/${placed.id}/status/`, { status: "REVIEWED" });
    await upload(api, placed.id, oruOf(patient, placed, [{}], { sent: "20261102093000" }));
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "5.0", status: "C" }], { sent: "20261102094000" }));
    await sign();
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "5.0", status: "W" }], { sent: "20261102103000" }));
    const { rows } = await api.owner.query(
      "SELECT count(*)::int AS count FROM audit_entry WHERE entity_id = $1 AND action = 'result.correct'",
      [placed.id],
    );
    expect(rows[0]).toEqual({ count: 2 });
    expect((await doctor.get(`/lab-orders/${placed.id}/`)).body).toMatchObject({
      status: "COMPLETED",
      counts: { observations: 0 },
    });
    expect((await sign()).status).toBe(200);
  });

  it("that say nothing new leave the order where it is", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const doctor = await api.as("doctor");
    await upload(api, placed.id, oruOf(patient, placed, [{}]));
    const before = (await doctor.get(`/lab-orders/${placed.id}/`)).body;
    expect((await upload(api, placed.id, oruOf(patient, placed, [{}]))).status).toBe(201);
    expect((await doctor.get(`/lab-orders/${placed.id}/`)).body).toEqual(before);
  });

  it("by two messages at once leave one chain of versions", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "1.0" }]));
    await Promise.all(
      ["2.0", "3.0", "4.0", "5.0"].map((value) =>
        upload(api, placed.id, oruOf(patient, placed, [{ value, status: "C" }])),
      ),
    );
    const { rows } = await api.owner.query("SELECT version FROM observation WHERE order_id = $1 ORDER BY version", [
      placed.id,
    ]);
    expect(rows.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
    expect(await results(placed.id)).toHaveLength(1);
  });

  it("cannot be made by changing a row: the database refuses even its owner", async () => {
    await expect(api.owner.query("UPDATE observation SET value = '1'")).rejects.toThrow(/append-only/);
    await expect(api.owner.query("DELETE FROM hl7_message")).rejects.toThrow(/append-only/);
    await expect(api.platform.database.pool.query("UPDATE observation SET value = '1'")).rejects.toThrow(
      /permission denied/,
    );
  });
});
