import { hl7 } from "@infirmary/native";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient } from "../../../test/lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../../../test/mllp.ts";
import type { Listener } from "./index.ts";

let api: Api;
let listener: Listener;
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  listener = await startMllp(api);
});
afterAll(async () => {
  await listener.close();
  await api.close();
});

const connected = () => Sender.connect(listener.port);
const ask = async (sql: string, values: unknown[] = []) => (await api.owner.query(sql, values)).rows;
const waiting = async (controlId: string) =>
  ask("SELECT reason, status, problems FROM unmatched_message WHERE control_id = $1", [controlId]);

describe("a message over MLLP", () => {
  it("is filed with the order it names before it is answered AA, and lights up the doctor's bell", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const sender = await connected();
    const ack = await sender.send(oruOf(patient, order, [{ value: "6.9", flag: "HH" }], { controlId: "M1" }));
    expect(readAck(ack)).toEqual({ code: "AA", answers: "M1", errors: [] });
    const { body } = await (await api.as("doctor")).get(`/lab-orders/${order.id}/results/`);
    expect(body.items).toMatchObject([{ value: "6.9", abnormalFlag: "HH" }]);
    const bell = await (await api.as("doctor")).call("notification.list", { limit: 1 });
    expect(bell.text).toContain("result-critical");
    expect(
      await ask("SELECT username, user_id FROM audit_entry WHERE entity_id = $1 AND action = 'result.file'", [
        order.id,
      ]),
    ).toEqual([{ username: "Analyser 1", user_id: null }]);
    const { body: messages } = await (await api.as("doctor")).call("result.messages", { orderId: order.id });
    expect(JSON.stringify(messages)).toContain('"partnerName":"Analyser 1"');
    sender.close();
  });

  it("that comes again gets the same acknowledgement, byte for byte, and is stored once, however often and parallel", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const message = oruOf(patient, order, [{}], { controlId: "M2" });
    const senders = await Promise.all(Array.from({ length: 25 }, connected));
    const acks = await Promise.all(senders.map((sender) => sender.send(message)));
    const again = await Promise.all(senders.map((sender) => sender.send(message)));
    expect(new Set([...acks, ...again]).size).toBe(1);
    expect(readAck(acks[0] ?? null).code).toBe("AA");
    expect(await ask("SELECT count(*)::int AS rows FROM hl7_message WHERE control_id = 'M2'")).toEqual([{ rows: 1 }]);
    for (const sender of senders) sender.close();
  });

  it("with a number used for another message is answered AE and kept apart", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const sender = await connected();
    await sender.send(oruOf(patient, order, [{ value: "4.1" }], { controlId: "M3" }));
    const other = oruOf(patient, order, [{ value: "9.9" }], { controlId: "M3" });
    const ack = await sender.send(other);
    expect(readAck(ack)).toMatchObject({ code: "AE", errors: [{ at: "MSH^1^10", number: 205, severity: "E" }] });
    expect(await sender.send(other)).toBe(ack);
    expect(await waiting("M3")).toMatchObject([{ reason: "control-id-reused", status: "WAITING" }]);
    sender.close();
  });

  it.each([
    ["whose patient is unknown", { mrn: "9999998" }, true, "patient-not-found", "PID^1^3"],
    ["whose patient is blank", { mrn: "" }, true, "message-invalid", null],
    ["whose order is unknown", {}, true, "order-not-found", "OBR^1^2"],
    ["whose patient is not the order's", { lastName: "Roe" }, false, "patient-mismatch", "PID^1^5"],
  ])("%s waits at the desk with the reason and the place", async (name, changes, hasNoOrder, reason, at) => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const sender = await connected();
    const message = oruOf({ ...patient, ...changes }, hasNoOrder ? { orderNumber: "L0000000" } : order, [{}], {
      controlId: name.slice(-12),
    });
    const ack = await sender.send(message);
    expect(readAck(ack).code, ack ?? "").toBe(at ? "AA" : "AE");
    if (at) expect(readAck(ack).errors).toContainEqual({ at, number: 204, severity: "W" });
    expect(await waiting(name.slice(-12))).toMatchObject([{ reason, status: "WAITING" }]);
    expect(await sender.send(message)).toBe(ack);
    expect(await waiting(name.slice(-12))).toHaveLength(1);
    sender.close();
  });

  it("in enhanced mode gets the commit acknowledgement, the application's, or both, as it asks", async () => {
    const patient = await registerPatient(api);
    const sender = await connected();
    const asking = async (commit: string, application: string, message: string) => {
      const order = await placeOrder(api, patient);
      const text = oruOf(patient, order, [{}]).replace("|P|2.5.1", `|P|2.5.1|||${commit}|${application}`);
      return sender.send(message === "good" ? text : text.replace("|F|||20261102091500\r", "||||20261102091500\r"));
    };
    expect(readAck(await asking("AL", "NE", "good")).code).toBe("CA");
    expect(readAck(await asking("AL", "AL", "good")).code).toBe("CA");
    expect(readAck(await sender.next()).code).toBe("AA");
    expect(readAck(await asking("NE", "AL", "good")).code).toBe("AA");
    expect(readAck(await asking("NE", "NE", "good")).code).toBe("AA");
    expect(readAck(await asking("AL", "ER", "bad")).code).toBe("CE");
    expect(readAck(await sender.next()).code).toBe("AE");
    expect(readAck(await asking("SU", "ER", "bad")).code).toBe("AE");
    sender.close();
  });

  it("of a type that is not taken is answered AR; from a name that is not the connection's too", async () => {
    const sender = await connected();
    const adt =
      "MSH|^~\\&|A|B|C|D|20261102093000||ADT^A01^ADT_A01|T1|P|2.5.1\rEVN||20261102093000\rPID|1||1000427^^^X^MR||Doe^Jane\rPV1|1|O\r";
    expect(readAck(await sender.send(adt))).toMatchObject({ code: "AR", errors: [{ at: "MSH^1^9", number: 200 }] });
    await api.owner.query("UPDATE partner SET senders = '{OTHER|SITE}' WHERE name = 'Analyser 1'");
    const bound = await connected();
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    expect(readAck(await bound.send(oruOf(patient, order, [{}])))).toMatchObject({ code: "AR" });
    expect(readAck(await bound.send(oruOf(patient, order, [{}], { sender: "OTHER" }))).code).toBe("AA");
    await api.owner.query("UPDATE partner SET senders = '{}' WHERE name = 'Analyser 1'");
    for (const one of [sender, bound]) one.close();
  });

  it("cannot forge a segment of its own acknowledgement", async () => {
    const sender = await connected();
    const hostile = "A\\X0D\\MSA|AA|FORGED";
    const ack = await sender.send(
      `MSH|^~\\&|L\\X0D\\MSA|S|I|S|20261102093000||ORU^R01^ORU_R01|${hostile}|P|2.5.1\rPID|1||1000427^^^S^MR||Doe^J\rOBR|1|X||1^A^L\r`,
    );
    expect(ack?.split("\r").filter((line) => line.startsWith("MSA"))).toHaveLength(1);
    expect(hl7.parse(Buffer.from(ack ?? "")).get("MSA-1")).not.toBe("AA");
    sender.close();
  });

  it("is not answered while the database is away, and is filed when it comes again", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const message = oruOf(patient, order, [{}], { controlId: "AWAY" });
    const sender = await connected();
    const lock = await api.owner.connect();
    await lock.query("BEGIN; LOCK TABLE hl7_message IN ACCESS EXCLUSIVE MODE");
    const first = sender.send(message);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await api.owner.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'infirmary_app' AND datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(await first).toBe(null);
    await lock.query("ROLLBACK");
    lock.release();
    const again = await connected();
    expect(readAck(await again.send(message)).code).toBe("AA");
    again.close();
  });
});
