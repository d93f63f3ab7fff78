import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { type Obx, oruOf, placeOrder, registerPatient, type TestPatient, upload } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const results = async (orderId: string) =>
  (await (await api.as("doctor")).get(`/lab-orders/${orderId}/results/`)).body.items as Record<string, unknown>[];
const stored = async () =>
  (
    await api.owner.query(
      "SELECT (SELECT count(*) FROM observation)::int AS values, (SELECT count(*) FROM hl7_message)::int AS messages",
    )
  ).rows[0] as { values: number; messages: number };
const order = async (patient: TestPatient, changes = {}) => placeOrder(api, patient, changes);

describe("filing results", () => {
  it("stores every OBX with its value as written, unit, range, flag, status, time and notes, and completes the order", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const message = oruOf(patient, placed, [
      { value: "6.90", flag: "HH", notes: ["Called to ward 3", "read back"] },
      { code: "2951-2", value: "<120", type: "ST", flag: "L", unit: "mmol/L", range: "136-145" },
    ]);
    const answer = await upload(api, placed.id, message);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ messageId: expect.any(String), orderStatus: "COMPLETED" });
    const items = await results(placed.id);
    expect(items).toMatchObject([
      {
        code: "2823-3",
        name: "Test 2823-3",
        value: "6.90",
        unit: "mmol/L",
        referenceRange: "3.5-5.1",
        abnormalFlag: "HH",
        status: "F",
        version: 1,
        notes: ["Called to ward 3", "read back"],
        observedAt: "2026-11-02T14:15:00.000Z",
      },
      { code: "2951-2", value: "<120", abnormalFlag: "L", notes: [] },
    ]);
    const { body } = await (await api.as("doctor")).get(`/lab-orders/${placed.id}/`);
    expect(body).toMatchObject({
      status: "COMPLETED",
      counts: { observations: 2, abnormal: 2, critical: 1, pending: 0 },
    });
  });

  it("takes raw bytes, plain text and JSON, and keeps the message byte for byte, sealed", async () => {
    const patient = await registerPatient(api, { lastName: "Ünal" });
    for (const contentType of ["application/hl7-v2", "text/plain", "application/json"]) {
      const placed = await order(patient);
      const message = oruOf(patient, placed, [{}]);
      const answer =
        contentType === "application/json"
          ? await (await api.as("lab_technician")).post(`/lab-orders/${placed.id}/results/`, { hl7Message: message })
          : await upload(api, placed.id, Buffer.from(message), contentType);
      expect(answer.status, `${contentType} ${answer.text}`).toBe(201);
      const raw = await (await api.as("doctor")).call("result.rawMessage", { messageId: answer.body.messageId });
      const { contentBase64 } = (raw.body.result as { data: { contentBase64: string } }).data;
      expect(Buffer.from(contentBase64, "base64").equals(Buffer.from(message))).toBe(true);
    }
    const { rows } = await api.owner.query("SELECT raw_sealed FROM hl7_message");
    expect(rows.every(({ raw_sealed }) => !raw_sealed.includes("PID|"))).toBe(true);
  });

  it("counts a flag by the gravest of its repetitions, in any case", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ flag: "H~HH" }, { code: "2951-2", flag: "ll" }]));
    expect((await results(placed.id)).map(({ abnormalFlag }) => abnormalFlag)).toEqual(["HH", "ll"]);
    const { body } = await (await api.as("doctor")).get(`/lab-orders/${placed.id}/`);
    expect(body.counts).toMatchObject({ abnormal: 2, critical: 2 });
  });

  it("stores the same message once, however often and however parallel it comes, and answers the same", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const message = oruOf(patient, placed, [{ value: "4.4" }]);
    const before = await stored();
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(api, placed.id, message)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => JSON.stringify([body.messageId, body.results]))).size).toBe(1);
    expect(await stored()).toEqual({ values: before.values + 1, messages: before.messages + 1 });
  });

  it("refuses another message under the number of one it has", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "4.4" }], { controlId: "REUSED" }));
    const other = await upload(api, placed.id, oruOf(patient, placed, [{ value: "4.5" }], { controlId: "REUSED" }));
    expect([other.status, other.body.code]).toEqual([409, "control-id-reused"]);
  });

  it("rings the doctor's bell, as critical where a value is", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ flag: "HH" }]));
    const answer = await (await api.as("doctor")).call("notification.list", { limit: 1 });
    const { data } = answer.body.result as {
      data: { items: { kind: string; title: string; orderId: string }[]; unread: number };
    };
    expect(data.items[0]).toMatchObject({ kind: "result-critical", orderId: placed.id });
    expect(data.items[0]?.title).not.toContain(patient.lastName);
  });

  it("is the laboratory's work alone", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    for (const role of ["doctor", "nurse", "admin", "billing_clerk"] as const) {
      const answer = await (await api.as(role)).post(
        `/lab-orders/${placed.id}/results/`,
        oruOf(patient, placed, [{}]),
        { "content-type": "text/plain" },
      );
      expect(answer.status, role).toBe(403);
    }
    expect((await (await api.as("billing_clerk")).get(`/lab-orders/${placed.id}/results/`)).status).toBe(403);
    expect((await (await api.as("otherDoctor")).get(`/lab-orders/${placed.id}/results/`)).status).toBe(404);
  });
});

describe("a message about somebody else", () => {
  const pid = (patient: TestPatient, changes: Partial<TestPatient>) => {
    const said = { ...patient, ...changes };
    return `PID|1||${said.mrn}^^^SITE^MR||${said.lastName}^${said.firstName}||${said.birthDate}|${said.sex}`;
  };

  it.each([
    ["a foreign number", { mrn: "9999998" }, "PID-3"],
    ["a blank number", { mrn: "" }, "PID-3"],
    ["another birth date", { birthDate: "19800102" }, "PID-7"],
    ["another year of birth", { birthDate: "1981" }, "PID-7"],
    ["the other sex", { sex: "M" }, "PID-8"],
    ["another family name", { lastName: "Roe" }, "PID-5"],
  ])("is refused for %s, says which, and stores nothing", async (_, changes: Partial<TestPatient>, path) => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const before = await stored();
    const answer = await upload(api, placed.id, oruOf(patient, placed, [{}], { pid: pid(patient, changes) }));
    if (changes.mrn === "") expect([409, 422]).toContain(answer.status);
    else {
      expect([answer.status, answer.body.code]).toEqual([409, "patient-mismatch"]);
      expect((answer.body.errors as { path: string }[]).map((error) => error.path)).toEqual([path]);
    }
    expect(await stored()).toEqual(before);
    expect((await (await api.as("doctor")).get(`/lab-orders/${placed.id}/`)).body.status).toBe("ORDERED");
  });

  it("is taken where it says less: no sex, no birth date, only the year of birth, other case and accents, one of several numbers", async () => {
    const patient = await registerPatient(api, { lastName: "Núñez-Ørsted" });
    const lines = [
      pid(patient, { sex: "U", birthDate: "1980" }),
      pid(patient, { sex: "", birthDate: "" }),
      pid(patient, { lastName: "NUNEZ ORSTED" }),
      pid(patient, {}).replace(patient.mrn, `123-45-6789^^^SSA^SS~${patient.mrn}`),
    ];
    for (const line of lines) {
      const placed = await order(patient);
      const answer = await upload(api, placed.id, oruOf(patient, placed, [{}], { pid: line }));
      expect(answer.status, `${line} ${answer.text}`).toBe(201);
    }
  });

  it("is refused where the sex stands with its name or as a word, and where PID-3 names another of our patients too", async () => {
    const [patient, namesake] = [await registerPatient(api), await registerPatient(api)];
    const lines = [
      [pid(patient, { sex: "M^Male^HL70001" }), "PID-8"],
      [pid(patient, { sex: "Male" }), "PID-8"],
      [pid(patient, {}).replace("^^^SITE^MR", `^^^SITE^MR~${namesake.mrn}^^^SITE^MR`), "PID-3"],
    ] as const;
    for (const [line, path] of lines) {
      const placed = await order(patient);
      const answer = await upload(api, placed.id, oruOf(patient, placed, [{}], { pid: line }));
      expect([answer.status, answer.body.code, answer.body.errors], line).toMatchObject([
        409,
        "patient-mismatch",
        [{ path }],
      ]);
    }
  });

  it("is refused where the last of a thousand groups names another order", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const group = (number: string) =>
      `OBR|2|${number}||2823-3^K^LN|||20261102091500|||||||||||||||20261102092900|||F\r`;
    const message = oruOf(patient, placed, [{}]) + group("").repeat(1000) + group("L9999999");
    expect((await upload(api, placed.id, message)).body.code).toBe("order-mismatch");
  });

  it("is refused where it names another order, and taken where it names none", async () => {
    const patient = await registerPatient(api);
    const [first, second] = [await order(patient), await order(patient)];
    const wrong = await upload(api, first.id, oruOf(patient, second, [{}]));
    expect([wrong.status, wrong.body.code]).toEqual([409, "order-mismatch"]);
    const orc = oruOf(patient, null, [{}]).replace("\rOBR|", `\rORC|RE|${second.orderNumber}\rOBR|`);
    expect((await upload(api, first.id, orc)).body.code).toBe("order-mismatch");
    expect((await upload(api, first.id, oruOf(patient, null, [{}]))).status).toBe(201);
  });

  it("is refused for a cancelled order", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await (await api.as("doctor")).put(`/lab-orders/${placed.id}/status/`, { status: "CANCELLED" });
    expect((await upload(api, placed.id, oruOf(patient, placed, [{}]))).body.code).toBe("wrong-transition");
  });
});

describe("bad messages", () => {
  it.each([
    ["no HL7 at all", "hello", 422],
    ["nothing", " ", 422],
    ["a truncated one", "MSH|^~\\&|LAB|SITE|INFIRMARY|SITE|2026110209", 422],
    ["binary", Buffer.from([0, 255, 1, 2, 0]), 422],
    [
      "another type",
      "MSH|^~\\&|A|B|C|D|20261102093000||ADT^A01^ADT_A01|1|P|2.5.1\rEVN||20261102093000\rPID|1||1000427||Doe^Jane\rPV1|1|O\r",
      422,
    ],
  ])("%s: refused with a reason, nothing stored, the server up", async (_, body, status) => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const before = await stored();
    const answer = await upload(api, placed.id, body as string);
    expect(answer.status, answer.text).toBe(status);
    expect((answer.body.errors as unknown[]).length).toBeGreaterThan(0);
    expect(await stored()).toEqual(before);
    expect((await api.anonymous.get("/health/")).body).toEqual({ status: "ok", database: "ok" });
  });

  it("a NUL, an endless identifier, more values than a result has: 422 with the place, at once", async () => {
    const patient = await registerPatient(api);
    const long = Array.from({ length: 300 }, () => Math.random().toString(36)).join("");
    const cases: [string, Obx[], { controlId?: string; sender?: string }][] = [
      ["OBX[1]", [{ type: "ST", value: "a\\X00\\b" }], {}],
      ["OBX[1]", [{ notes: ["a\\X00\\b"] }], {}],
      ["OBX[1]", [{ code: long }], {}],
      ["MSH-10", [{}], { controlId: "a\\X00\\b" }],
      ["MSH-10", [{}], { controlId: long }],
      ["MSH-3", [{}], { sender: long }],
      ["OBX", Array.from({ length: 5001 }, () => ({})), {}],
    ];
    for (const [path, values, parts] of cases) {
      const placed = await order(patient);
      const answer = await upload(api, placed.id, oruOf(patient, placed, values, parts));
      expect([answer.status, (answer.body.errors as { path: string }[])[0]?.path], answer.text).toEqual([422, path]);
    }
  });

  it("an OBX without a status is held back with its place, and its message is not filed", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const message = oruOf(patient, placed, [{}, { code: "2951-2" }]).replace(
      /\|F\|\|\|20261102091500\r$/,
      "||||20261102091500\r",
    );
    const answer = await upload(api, placed.id, message);
    expect(answer.status).toBe(422);
    expect((answer.body.errors as { path: string }[]).map(({ path }) => path)).toContain("OBX[2]-11");
    expect(await results(placed.id)).toEqual([]);
  });

  it("more than 5 MB is 413, another content type is 415", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    const huge = oruOf(patient, placed, [{ type: "TX", value: "x".repeat(5 * 1024 * 1024) }]);
    expect((await upload(api, placed.id, huge)).status).toBe(413);
    expect((await upload(api, placed.id, Buffer.alloc(30 * 1024 * 1024, 65))).status).toBe(413);
    expect((await upload(api, placed.id, "x", "application/xml")).status).toBe(415);
  });
});

describe("the preview", () => {
  it("says what filing would do, for each message of a file, and stores nothing", async () => {
    const patient = await registerPatient(api);
    const placed = await order(patient);
    await upload(api, placed.id, oruOf(patient, placed, [{ value: "4.1" }], { sent: "20261102093000" }));
    const file =
      oruOf(
        patient,
        placed,
        [
          { value: "4.9", status: "C" },
          { code: "2951-2", value: "140" },
        ],
        { sent: "20261102103000" },
      ) +
      oruOf(patient, null, [{}]) +
      oruOf({ ...patient, mrn: "9999998" }, placed, [{}]);
    const before = await stored();
    const answer = await (await api.as("lab_technician")).call("result.preview", {
      contentBase64: Buffer.from(file).toString("base64"),
    });
    const { messages } = (answer.body.result as { data: { messages: Record<string, unknown>[] } }).data;
    expect(messages).toHaveLength(3);
    expect(messages[0]).toMatchObject({
      patient: { mrn: patient.mrn },
      order: { orderNumber: placed.orderNumber },
      blockers: [],
      observations: [
        { effect: "replaces", previousValue: "4.1", value: "4.9" },
        { effect: "new", value: "140" },
      ],
    });
    expect(messages[1]).toMatchObject({
      order: null,
      candidates: [{ orderNumber: placed.orderNumber }],
      blockers: [{ code: "order-mismatch" }],
    });
    expect(messages[2]?.blockers).toContainEqual(expect.objectContaining({ code: "patient-mismatch" }));
    expect(await stored()).toEqual(before);
    const chosen = await (await api.as("lab_technician")).call("result.upload", {
      orderId: placed.id,
      contentBase64: Buffer.from(file).toString("base64"),
      index: 0,
    });
    expect(chosen.status, chosen.text).toBe(200);
  });
});
