import { readdirSync, readFileSync } from "node:fs";
import { referenceData } from "@infirmary/native/test-support";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf } from "../../../test/lab.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const patient = { id: "", mrn: "1000009", lastName: "Doe", firstName: "Jane", birthDate: "19800101", sex: "F" };
const validate = async (body: string | Buffer) =>
  (await api.as("lab_technician")).post("/hl7/validate/", body, { "content-type": "text/plain" });
const corpus = referenceData("hl7");

describe("checking a message", () => {
  it("says that a good one is valid and what it is", async () => {
    const { status, body } = await validate(oruOf(patient, { orderNumber: "L0000422" }, [{}], { controlId: "MSG1" }));
    expect([status, body.valid, body.type, body.version, body.controlId]).toEqual([
      200,
      true,
      "ORU^R01",
      "2.5.1",
      "MSG1",
    ]);
  });

  it("names place and reason of every fault, as bytes and as JSON alike", async () => {
    const faulty = oruOf(patient, { orderNumber: "L0000422" }, [{ value: "abc" }]);
    const [bytes, json] = [
      await validate(faulty),
      await (await api.as("admin")).post("/hl7/validate/", { hl7Message: faulty }),
    ];
    expect(bytes.body).toMatchObject({
      valid: false,
      issues: expect.arrayContaining([
        { severity: "error", path: "OBX[1]-5", code: expect.any(String), message: expect.any(String) },
      ]),
    });
    expect(json.body).toEqual(bytes.body);
  });

  it("answers 200 to anything that can be looked at, HL7 or not, and stores nothing", async () => {
    for (const body of ["hello", Buffer.from([0, 1, 2, 255]), "MSH|", "MSH|^~\\&|"]) {
      const answer = await validate(body);
      expect([answer.status, answer.body.valid]).toEqual([200, false]);
    }
    expect((await api.owner.query("SELECT 1 FROM hl7_message")).rowCount).toBe(0);
    expect((await (await api.as("lab_technician")).post("/hl7/validate/", {})).status).toBe(400);
    expect((await (await api.as("doctor")).post("/hl7/validate/", "x", { "content-type": "text/plain" })).status).toBe(
      403,
    );
  });

  it.skipIf(!corpus)("tells every good file of the reference set from every bad one", async () => {
    // Legal in the standard, refused as a result: it holds no OBX.
    const legal = ["obx-missing-placeholder.hl7"];
    for (const kind of ["good", "bad"]) {
      for (const name of readdirSync(new URL(kind, corpus))) {
        const bytes = readFileSync(new URL(`${kind}/${name}`, corpus));
        if (bytes.length === 0) continue;
        expect((await validate(bytes)).body.valid, name).toBe(kind === "good" || legal.includes(name));
      }
    }
  });
});
