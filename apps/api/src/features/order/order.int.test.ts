import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const statusOf = async (role: Parameters<Api["as"]>[0], id: string, status: string, more: object = {}) =>
  (await api.as(role)).put(`/lab-orders/${id}/status/`, { status, ...more });

describe("ordering", () => {
  it("gives every order of fifty placed at once a number of its own", async () => {
    const patient = await registerPatient(api);
    const orders = await Promise.all(Array.from({ length: 50 }, () => placeOrder(api, patient)));
    expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(50);
    expect(orders.every(({ orderNumber }) => /^L\d{7,}$/.test(orderNumber))).toBe(true);
  });

  it("takes priority and notes, ROUTINE where nothing is said", async () => {
    const patient = await registerPatient(api);
    const doctor = await api.as("doctor");
    const stat = await doctor.post("/lab-orders/", {
      patientId: patient.id,
      testCode: "2345-7",
      testName: "Glucose",
      priority: "STAT",
      notes: "fasting\nplease",
    });
    expect(stat.body).toMatchObject({
      priority: "STAT",
      status: "ORDERED",
      notes: "fasting\nplease",
      patientId: patient.id,
      version: 1,
    });
    const plain = await doctor.post("/lab-orders/", { patientId: patient.id, testCode: "2345-7", testName: "Glucose" });
    expect(plain.body).toMatchObject({ priority: "ROUTINE", notes: null });
  });

  it("marks a wrong LOINC check digit, an unknown priority, an unknown patient and an unknown field", async () => {
    const patient = await registerPatient(api);
    const doctor = await api.as("doctor");
    const good = { patientId: patient.id, testCode: "2823-3", testName: "Potassium" };
    const paths = async (body: object) =>
      ((await doctor.post("/lab-orders/", body)).body.errors as { path: string }[]).map(({ path }) => path);
    expect(await paths({ ...good, testCode: "2823-4" })).toEqual(["testCode"]);
    expect(await paths({ ...good, priority: "SOON" })).toEqual(["priority"]);
    expect(await paths({ ...good, status: "REVIEWED" })).toEqual(["status"]);
    expect(
      (await doctor.post("/lab-orders/", { ...good, patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11" })).status,
    ).toBe(404);
  });

  it("is for doctors only", async () => {
    const patient = await registerPatient(api);
    for (const role of ["nurse", "lab_technician", "admin", "billing_clerk"] as const) {
      expect(
        (await (await api.as(role)).post("/lab-orders/", { patientId: patient.id, testCode: "2823-3", testName: "K" }))
          .status,
        role,
      ).toBe(403);
    }
  });

  it("gives a repeat under the same Idempotency-Key the same order once, and refuses the key for another request", async () => {
    const patient = await registerPatient(api);
    const doctor = await api.as("doctor");
    const body = { patientId: patient.id, testCode: "2823-3", testName: "Potassium" };
    const key = { "idempotency-key": "order-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => doctor.post("/lab-orders/", body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    const other = await doctor.post("/lab-orders/", { ...body, priority: "STAT" }, key);
    expect([other.status, other.body.code]).toEqual([422, "idempotency-mismatch"]);
    const { rows } = await api.owner.query("SELECT count(*)::int AS count FROM service_order WHERE patient_id = $1", [
      patient.id,
    ]);
    expect(rows[0]).toEqual({ count: 1 });
  });
});

describe("the life of an order", () => {
  it("goes ORDERED, IN_PROGRESS, COMPLETED, REVIEWED by the people whose steps they are", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    expect((await statusOf("lab_technician", order.id, "IN_PROGRESS")).body).toMatchObject({
      status: "IN_PROGRESS",
      version: 2,
    });
    expect((await upload(api, order.id, oruOf(patient, order, [{}]))).status).toBe(201);
    expect((await statusOf("lab_technician", order.id, "COMPLETED")).status).toBe(200);
    const reviewed = await statusOf("doctor", order.id, "REVIEWED", { comment: "Seen, repeat in a week" });
    expect(reviewed.body).toMatchObject({
      status: "REVIEWED",
      review: { reviewedByName: "Dora Doctor", comment: "Seen, repeat in a week" },
    });
  });

  it("refuses every step that is not in the table with 409 and leaves the order as it was", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    for (const status of ["REVIEWED"]) {
      const answer = await statusOf("doctor", order.id, status);
      expect([answer.status, answer.body.code]).toEqual([409, "wrong-transition"]);
    }
    expect((await statusOf("lab_technician", order.id, "COMPLETED")).status).toBe(409);
    expect((await statusOf("doctor", order.id, "CANCELLED", { reason: "ordered twice" })).body).toMatchObject({
      status: "CANCELLED",
      cancelReason: "ordered twice",
    });
    expect((await statusOf("lab_technician", order.id, "IN_PROGRESS")).status).toBe(409);
  });

  it("refuses the right step to the wrong role with 403", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    for (const [role, status] of [
      ["doctor", "IN_PROGRESS"],
      ["nurse", "IN_PROGRESS"],
      ["nurse", "CANCELLED"],
      ["lab_technician", "CANCELLED"],
      ["lab_technician", "REVIEWED"],
      ["admin", "IN_PROGRESS"],
    ] as const) {
      expect((await statusOf(role, order.id, status)).status, `${role} ${status}`).toBe(403);
    }
  });

  it("repeats of the present status change nothing, a stale version is refused", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    await statusOf("lab_technician", order.id, "IN_PROGRESS");
    expect((await statusOf("lab_technician", order.id, "IN_PROGRESS")).body.version).toBe(2);
    const stale = await statusOf("doctor", order.id, "CANCELLED", { version: 1 });
    expect([stale.status, stale.body.code, (stale.body.current as { version: number }).version]).toEqual([
      409,
      "stale-version",
      2,
    ]);
  });

  it("keeps in the audit log that a refused step showed the patient", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    await statusOf("lab_technician", order.id, "IN_PROGRESS", { version: 9 });
    const { rows } = await api.owner.query(
      "SELECT action, outcome FROM audit_entry WHERE patient_id = $1 AND username = 'lab'",
      [patient.id],
    );
    expect(rows).toEqual([{ action: "order.start", outcome: "failed" }]);
  });

  it("lets one of two doctors who act at once win", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const answers = await Promise.all([
      statusOf("doctor", order.id, "CANCELLED", { version: 1 }),
      statusOf("lab_technician", order.id, "IN_PROGRESS", { version: 1 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it("can be signed off where the laboratory completed it without a message", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    await statusOf("lab_technician", order.id, "IN_PROGRESS");
    await statusOf("lab_technician", order.id, "COMPLETED");
    expect((await statusOf("doctor", order.id, "REVIEWED")).body).toMatchObject({ status: "REVIEWED", version: 4 });
  });
});

describe("lists of orders", () => {
  it("page through every sort without losing or repeating one, and filter by patient, status and priority", async () => {
    const patient = await registerPatient(api);
    for (const priority of ["ROUTINE", "STAT", "URGENT", "STAT", "ROUTINE"])
      await placeOrder(api, patient, { priority });
    const doctor = await api.as("doctor");
    for (const sort of ["newest", "oldest", "worklist", "review"]) {
      const seen: { id: string; priority: string }[] = [];
      let cursor: unknown = "";
      do {
        const { body } = await doctor.get(
          `/lab-orders/?patientId=${patient.id}&limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ""}`,
        );
        seen.push(...(body.items as typeof seen));
        cursor = body.nextCursor;
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id)).size, sort).toBe(5);
      expect(seen).toHaveLength(5);
      if (sort === "worklist")
        expect(seen.map(({ priority }) => priority)).toEqual(["STAT", "STAT", "URGENT", "ROUTINE", "ROUTINE"]);
    }
    expect(
      (await doctor.get(`/lab-orders/?patientId=${patient.id}&priority=STAT&status=ORDERED`)).body.items,
    ).toHaveLength(2);
    expect((await doctor.get(`/lab-orders/?patientId=${patient.id}&status=REVIEWED`)).body.items).toHaveLength(0);
  });

  it("refuse a cursor that is not theirs and limits out of range", async () => {
    const doctor = await api.as("doctor");
    for (const query of [
      "cursor=xyz",
      "limit=0",
      "limit=101",
      "limit=x",
      `cursor=${Buffer.from('{"id":"1"}').toString("base64url")}`,
      "unknown=1",
    ]) {
      expect((await doctor.get(`/lab-orders/?${query}`)).status, query).toBe(400);
    }
  });

  it("show another tenant nothing, and answer its ids like unknown ones", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const foreign = await api.as("otherDoctor");
    expect((await foreign.get("/lab-orders/")).body.items).toEqual([]);
    const strip = ({ requestId: _, ...body }: Record<string, unknown>) => body;
    const [theirs, unknown] = [
      await foreign.get(`/lab-orders/${order.id}/`),
      await foreign.get("/lab-orders/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11/"),
    ];
    expect([theirs.status, strip(theirs.body)]).toEqual([404, strip(unknown.body)]);
    expect((await foreign.put(`/lab-orders/${order.id}/status/`, { status: "CANCELLED" })).status).toBe(404);
    expect(
      (await foreign.post("/lab-orders/", { patientId: patient.id, testCode: "2823-3", testName: "K" })).status,
    ).toBe(404);
  });
});
