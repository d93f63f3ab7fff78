import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../harness.ts";
import { placeOrder, registerPatient } from "../lab.ts";
import { many } from "./form.ts";

/** Row 33: of many who change one record at once, one wins and the others are told. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("writers of one record", () => {
  it("accepted writes are as many as versions", { timeout: 1_800_000 }, async () => {
    const rounds = many(1_000, 10);
    const writers = many(100, 40);
    const nurse = await api.as("nurse");
    const { id } = await registerPatient(api);
    let accepted = 0;
    const others = new Set<number>();
    for (let round = 0; round < rounds; round++) {
      const { body } = await nurse.get(`/patients/${id}/`);
      const answers = await Promise.all(
        Array.from({ length: writers }, (_, writer) =>
          nurse.put(`/patients/${id}/`, {
            ...body,
            lastName: `Round ${round} ${"abcdefghij"[writer % 10]}${"abcdefghij"[Math.floor(writer / 10)]}`,
          }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200).length;
      // Writers of the very same text change nothing and may be told so.
      expect(won).toBeGreaterThanOrEqual(1);
      accepted += won;
      for (const { status } of answers) if (status !== 200) others.add(status);
    }
    const last = await nurse.get(`/patients/${id}/`);
    expect(last.body.version).toBe(1 + accepted);
    expect([...others]).toEqual([409]);
  });

  it("one of many takes a step of an order", { timeout: 120_000 }, async () => {
    const technician = await api.as("lab_technician");
    const patient = await registerPatient(api);
    for (let round = 0; round < many(1_000, 20); round++) {
      const order = await placeOrder(api, patient, { testCode: "2823-3", repeatReason: "again" }).catch(() =>
        placeOrder(api, patient),
      );
      const answers = await Promise.all(
        Array.from({ length: 10 }, () =>
          technician.call("order.setStatus", { id: order.id, status: "IN_PROGRESS", version: order.version }),
        ),
      );
      expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
      const { rows } = await api.owner.query(
        "SELECT count(*)::int AS steps FROM audit_entry WHERE entity_id = $1 AND action = 'order.start' AND outcome = 'success'",
        [order.id],
      );
      expect(rows[0]).toEqual({ steps: 1 });
    }
  });
});
