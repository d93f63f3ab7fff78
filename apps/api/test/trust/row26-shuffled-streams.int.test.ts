import { afterAll, beforeAll, expect, it } from "vitest";
import type { Listener } from "../../src/features/mllp/index.ts";
import { type Api, startApi } from "../harness.ts";
import { oruOf, placeOrder, registerPatient, type TestPatient, upload } from "../lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../mllp.ts";
import { many, randomFrom, seed } from "./form.ts";

/** Row 26: messages that come twice, at once, or in the wrong order leave what they would have left in order, once each. */
let api: Api;
let listener: Listener;
let patient: TestPatient;
let senders: Sender[] = [];
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  listener = await startMllp(api);
  patient = await registerPatient(api);
  senders = await Promise.all(Array.from({ length: 50 }, () => Sender.connect(listener.port)));
});
afterAll(async () => {
  for (const sender of senders) sender.close();
  await listener?.close();
  await api?.close();
});

const random = randomFrom(seed);
function shuffled<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

it("fifty copies at once have one effect and the same acknowledgement", { timeout: 600_000 }, async () => {
  for (let round = 0; round < many(50, 1); round++) {
    const order = await placeOrder(api, patient);
    const controlId = `COPY${round}`;
    const text = oruOf(patient, order, [{}, { code: "2951-2" }], { controlId });
    const [acks, uploads] = await Promise.all([
      Promise.all(senders.map((sender) => sender.send(text))),
      Promise.all(Array.from({ length: 10 }, () => upload(api, order.id, text))),
    ]);
    expect(new Set(acks).size).toBe(1);
    expect(readAck(acks[0] ?? null).code).toBe("AA");
    expect(new Set(uploads.map(({ body }) => body.messageId)).size).toBe(1);
    for (const { status } of uploads) expect([200, 201]).toContain(status);
    const { rows } = await api.owner.query(
      `SELECT (SELECT count(*)::int FROM hl7_message WHERE order_id = $1) AS messages, (SELECT count(*)::int FROM observation WHERE order_id = $1) AS values,
              (SELECT count(*)::int FROM audit_entry WHERE entity_id = $1::text AND action = 'result.file') AS audited`,
      [order.id],
    );
    expect(rows).toEqual([{ messages: 1, values: 2, audited: 1 }]);
  }
});

it("a shuffled stream with repeats ends as the stream in order does, and no message of it is lost", {
  timeout: 1_800_000,
}, async () => {
  const doctor = await api.as("doctor");
  for (let round = 0; round < many(1_000, 12); round++) {
    const order = await placeOrder(api, patient);
    const length = 2 + Math.floor(random() * 6);
    // A preliminary value, finals, corrections; the last word is a correction, as every one after a final has to be.
    const stream = Array.from({ length }, (_, index) => ({
      value: `${round}.${index}`,
      status: index === length - 1 ? "C" : (["P", "F", "C"][Math.min(index, Math.floor(random() * 3))] ?? "F"),
      controlId: `S${round}-${index}`,
      sent: `2026110209${String(10 + index)}00`,
    }));
    const sent = shuffled([...stream, ...stream.filter(() => random() < 0.4)]);
    // Some one after the other on one connection, some at once on several.
    const answers: (string | null)[] = [];
    for (let at = 0; at < sent.length; ) {
      const together = sent.slice(at, at + 1 + Math.floor(random() * 3));
      at += together.length;
      answers.push(
        ...(await Promise.all(
          together.map(({ value, status, controlId, sent: time }, index) =>
            senders[index]?.send(oruOf(patient, order, [{ value, status }], { controlId, sent: time })),
          ),
        ).then((acks) => acks.map((ack) => ack ?? null))),
      );
    }
    for (const ack of answers) expect(readAck(ack).code).toBe("AA");
    const { body } = await doctor.get(`/lab-orders/${order.id}/results/`);
    expect(body.items, JSON.stringify(sent)).toMatchObject([{ value: stream.at(-1)?.value, status: "C" }]);
    const { rows } = await api.owner.query<{ id: string }>(
      `SELECT control_id AS id FROM hl7_message WHERE order_id = $1
       UNION ALL SELECT control_id FROM unmatched_message WHERE control_id = ANY ($2) AND status = 'WAITING' ORDER BY 1`,
      [order.id, stream.map(({ controlId }) => controlId)],
    );
    expect(rows.map(({ id }) => id)).toEqual(stream.map(({ controlId }) => controlId));
  }
});
