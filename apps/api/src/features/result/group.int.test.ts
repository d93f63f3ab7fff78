import { cutils } from "@infirmary/native";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../../../test/lab.ts";
import { newId } from "../../core/id.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { fileGroup } from "./file-group.ts";
import { interpretMessage } from "./interpret-message.ts";
import type { Refusal } from "./refusal.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const ask = async (sql: string, values: unknown[] = []) => (await api.owner.query(sql, values)).rows;

describe("uploads that come together", () => {
  it("get each their own answer: the good are filed, the bad refused, nobody is harmed", async () => {
    const patient = await registerPatient(api);
    const orders = [];
    for (let i = 0; i < 24; i++) orders.push(await placeOrder(api, patient));
    const answers = await Promise.all(
      orders.map((order, index) => {
        const pid = index % 4 === 3 ? "PID|1||9999998^^^SITE^MR||Roe^Jane||19800101|F" : undefined;
        return upload(api, order.id, oruOf(patient, order, [{ value: `${index}.5` }], pid ? { pid } : {}));
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(orders.map((_, index) => (index % 4 === 3 ? 409 : 201)));
    for (const [index, { body }] of answers.entries())
      if (index % 4 !== 3) expect(body.results).toMatchObject([{ value: `${index}.5` }]);
  });

  it("are one transaction for a group, its refused and its repeated members included", async () => {
    const patient = await registerPatient(api);
    const orders = [];
    for (let i = 0; i < 8; i++) orders.push(await placeOrder(api, patient));
    const scope = { tenantId: api.home.id, actor: null, requestId: newId(), ip: null };
    const partnerId = newId();
    await api.owner.query("INSERT INTO partner (tenant_id, id, name) VALUES ($1, $2, 'Analyser 1')", [
      api.home.id,
      partnerId,
    ]);
    const submissions = [...orders, { orderNumber: "L0000000" }].map((order) => {
      const bytes = Buffer.from(oruOf(patient, order, [{}, { code: "2951-2" }]));
      const { content } = interpretMessage(bytes, null);
      if (!content) throw new Error("The message cannot be read.");
      return {
        scope,
        bytes,
        content,
        contentHash: cutils.sha256(bytes),
        orderId: null,
        fileName: null,
        partner: { id: partnerId, name: "Analyser 1" },
      };
    });
    const group = [...submissions, ...submissions.slice(0, 2)];
    const settled = await inWork(api.platform, scope, (work) => fileGroup(work, group));
    expect(settled.map((one) => ("error" in one ? (one.error as Refusal).reason : one.answer.alreadyFiled))).toEqual([
      ...orders.map(() => false),
      "order-not-found",
      true,
      true,
    ]);
    const rows = await ask(
      "SELECT count(DISTINCT xmin::text)::int AS commits, count(*)::int AS rows FROM hl7_message WHERE partner_id = $1",
      [partnerId],
    );
    expect(rows).toEqual([{ commits: 1, rows: 8 }]);
    const audited = await ask("SELECT DISTINCT username FROM audit_entry WHERE request_id = $1", [scope.requestId]);
    expect(audited).toEqual([{ username: "Analyser 1" }]);
  });

  it("are audited each in the name and for the request of its sender", async () => {
    const patient = await registerPatient(api);
    const second = await api.signIn(api.people.lab_technician.username);
    const orders = [];
    for (let i = 0; i < 10; i++) orders.push(await placeOrder(api, patient));
    const clients = [await api.as("lab_technician"), second];
    const answers = await Promise.all(
      orders.map((order, index) =>
        clients[index % 2]?.post(`/lab-orders/${order.id}/results/`, oruOf(patient, order, [{}]), {
          "content-type": "text/plain",
        }),
      ),
    );
    const entries = await ask(
      "SELECT entity_id, user_id, session_id, request_id FROM audit_entry WHERE action = 'result.file' AND entity_id = ANY ($1)",
      [orders.map(({ id }) => id)],
    );
    expect(entries).toHaveLength(10);
    expect(new Set(entries.map(({ session_id }) => session_id)).size).toBe(2);
    const requestOf = new Map(entries.map(({ entity_id, request_id }) => [entity_id, request_id]));
    for (const [index, order] of orders.entries())
      expect(answers[index]?.headers["x-request-id"]).toBe(requestOf.get(order.id));
  });

  it("of one order are filed in the order they came, each a version on top of the one before", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const values = ["4.0", "4.1", "4.2", "4.3", "4.4"];
    const answers = await Promise.all(
      values.map((value, index) =>
        upload(
          api,
          order.id,
          oruOf(patient, order, [{ value, status: index === 0 ? "F" : "C" }], { sent: `2026110209300${index}` }),
        ),
      ),
    );
    expect(answers.map(({ body }) => (body.results as { value: string; version: number }[])[0])).toMatchObject(
      values.map((value, index) => ({ value, version: index + 1 })),
    );
    const { body } = await (await api.as("doctor")).get(`/lab-orders/${order.id}/`);
    expect(body.version).toBe(order.version + values.length);
  });

  it("take results by specimen and from the point of care too", async () => {
    const patient = await registerPatient(api);
    for (const type of ["ORU^R30^ORU_R30", "ORU^R01"]) {
      const order = await placeOrder(api, patient);
      const answer = await upload(api, order.id, oruOf(patient, order, [{}]).replace("ORU^R01^ORU_R01", type));
      expect(answer.status, `${type} ${answer.text}`).toBe(201);
    }
  });
});

describe("the name before a record number", () => {
  it("must be one of ours where the tenant named them: another hospital's number is nobody's", async () => {
    await api.owner.query("UPDATE tenant SET mrn_authorities = '{SITE,HOME}' WHERE id = $1", [api.home.id]);
    try {
      const patient = await registerPatient(api);
      const pid = (authority: string) =>
        `PID|1||${patient.mrn}^^^${authority}^MR||${patient.lastName}^Jane||19800101|F`;
      const cases = [
        ["SITE", 201],
        ["home", 201],
        ["", 201],
        ["SITE&1.2.3&ISO", 201],
        ["ELSEWHERE", 409],
      ] as const;
      for (const [authority, status] of cases) {
        const order = await placeOrder(api, patient);
        const answer = await upload(api, order.id, oruOf(patient, order, [{}], { pid: pid(authority) }));
        expect(answer.status, `${authority} ${answer.text}`).toBe(status);
        if (status === 409) expect(answer.body.errors).toMatchObject([{ path: "PID-3" }]);
      }
    } finally {
      await api.owner.query("UPDATE tenant SET mrn_authorities = '{}' WHERE id = $1", [api.home.id]);
    }
  });
});

describe("a stored value", () => {
  it("must belong to a message of its tenant, order and patient, though no foreign key asks row by row", async () => {
    const patient = await registerPatient(api);
    const [order, second] = [await placeOrder(api, patient), await placeOrder(api, patient)];
    const { body } = await upload(api, order.id, oruOf(patient, order, [{}]));
    const { messageId } = body as { messageId: string };
    const insert = (tenant: string, orderId: string, patientId: string, message: string) =>
      api.owner.query(
        `INSERT INTO observation (tenant_id, id, order_id, patient_id, message_id, position, code, name, value_type, status, version)
         VALUES ($1, $2, $3, $4, $5, 9, 'X', 'X', 'ST', 'F', 1)`,
        [tenant, newId(), orderId, patientId, message],
      );
    const astray = [
      [api.home.id, order.id, patient.id, newId()],
      [api.home.id, second.id, patient.id, messageId],
      [api.home.id, order.id, newId(), messageId],
      [api.other.id, order.id, patient.id, messageId],
    ] as const;
    for (const [tenant, orderId, patientId, message] of astray)
      await expect(insert(tenant, orderId, patientId, message)).rejects.toMatchObject({ code: "23503" });
    await insert(api.home.id, order.id, patient.id, messageId);
    await expect(api.owner.query("TRUNCATE hl7_message CASCADE")).rejects.toThrow("append-only");
  });
});
