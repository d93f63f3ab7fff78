import { hl7 } from "@infirmary/native";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../src/core/id.ts";
import type { Listener } from "../../src/features/mllp/index.ts";
import { type Api, startApi } from "../harness.ts";
import { placeOrder, registerPatient, type TestPatient } from "../lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../mllp.ts";
import { many, randomFrom, seed } from "./form.ts";
import { sqlPayloads, xssPayloads } from "./payloads.ts";

/** Row 25: a value is a value, whatever it says: it ends no field, begins no segment, and is read as it was written. */
let api: Api;
let listener: Listener;
let patient: TestPatient;
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  listener = await startMllp(api);
  patient = await registerPatient(api);
});
afterAll(async () => {
  await listener?.close();
  await api?.close();
});

const pieces = [
  ..."|^~\\&#",
  ..."\r\n\t\u000b\u001c\u001e",
  "\\E\\",
  "\\F\\",
  "\\S\\",
  "\\X0D\\",
  "\\X0d\\OBX|2|ST|FORGED\\X0D\\",
  "\rOBX|2|ST|FORGED^F^L||x||||||F\r",
  "\rMSH|^~\\&|OTHER|",
  "\u001c\r\u000bMSH|",
  "\\H\\",
  "\\.br\\",
  "\\Zfoo\\",
  "\\C2842\\",
  "é",
  "日本",
  "🩸",
  "\u202e",
  "a",
  "7.1",
  " ",
];
const random = randomFrom(seed);
const pick = () => pieces[Math.floor(random() * pieces.length)] ?? "";
const hostile = (n: number): string => {
  const known = [...xssPayloads, ...sqlPayloads];
  if (n < known.length) return known[n] ?? "";
  // Something visible at both ends: blanks around a value are not part of it.
  return `<${Array.from({ length: 1 + Math.floor(random() * 12) }, pick).join("")}>`;
};

const messageOf = (orderNumber: string, values: readonly string[]) =>
  hl7.buildOru({
    sender: { application: "HOSTILE|\r", facility: "^~\\&" },
    receiver: { application: "INFIRMARY", facility: "SITE" },
    controlId: newId(),
    at: "20261102093000",
    patient: {
      identifiers: [{ id: patient.mrn, authority: "SITE" }],
      familyName: patient.lastName,
      givenName: patient.firstName,
      birthDate: patient.birthDate,
      sex: patient.sex,
    },
    orders: [
      {
        code: "2823-3",
        name: "Potassium",
        codingSystem: "LN",
        placerOrderNumber: orderNumber,
        observations: values.map((value, index) => ({
          code: `H${index}`,
          name: value,
          codingSystem: "L",
          valueType: "ST",
          value,
          status: "F",
          observedAt: "20261102091500",
        })),
      },
    ],
  });

it("is read as it was written, and the message has the segments it was given", { timeout: 600_000 }, () => {
  const total = many(10_000, 1_000);
  for (let done = 0; done < total; done += 50) {
    const values = Array.from({ length: 50 }, (_, index) => hostile(done + index));
    const message = hl7.parse(messageOf("L1", values));
    expect(message.observations().map(({ value, name }) => [value, name])).toEqual(
      values.map((value) => [value, value]),
    );
    expect(message.rows("OBX", ["1"])).toHaveLength(50);
    expect([message.count("MSH"), message.count("PID"), message.count("OBR")]).toEqual([1, 1, 1]);
  }
});

it("goes through the listener and the record, and comes out at the other end as it was", {
  timeout: 600_000,
}, async () => {
  const sender = await Sender.connect(listener.port);
  const doctor = await api.as("doctor");
  for (let round = 0; round < many(20, 1); round++) {
    const values = Array.from({ length: 280 }, (_, index) => hostile(round * 280 + index));
    const order = await placeOrder(api, patient);
    const ack = await sender.send(messageOf(order.orderNumber, values));
    expect(readAck(ack).code, ack ?? "").toBe("AA");
    const { body } = await doctor.get(`/lab-orders/${order.id}/results/`);
    expect((body.items as { value: string; name: string }[]).map(({ value, name }) => [value, name])).toEqual(
      values.map((value) => [value, value]),
    );
  }
  sender.close();
});
