import { setTimeout as sleep } from "node:timers/promises";
import { hl7 } from "@infirmary/native";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient, type TestOrder, type TestPatient } from "../../../test/lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../../../test/mllp.ts";
import type { Listener, MllpLimits } from "./index.ts";

let api: Api;
let patient: TestPatient;
let order: TestOrder;
const listeners: Listener[] = [];
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  patient = await registerPatient(api);
  order = await placeOrder(api, patient);
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close();
});
afterAll(() => api.close());

const start = async (limits: Partial<MllpLimits> = {}) => {
  const listener = await startMllp(api, limits);
  listeners.push(listener);
  return listener;
};
/** A value that changes nothing in the record, under a number of its own. */
const message = () => oruOf(patient, order, [{}]);
const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 400 && !isSo(); tries++) await sleep(25);
  expect(isSo()).toBe(true);
};

describe("a hostile sender", () => {
  it("that sends a byte at a time is understood", async () => {
    const { port } = await start();
    const sender = await Sender.connect(port);
    for (const byte of hl7.frame(Buffer.from(message()))) {
      sender.socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(readAck(await sender.next()).code).toBe("AA");
    sender.close();
  });

  it("that never ends its frame is closed when its time is up, however it keeps dripping", async () => {
    const { port } = await start({ frameTimeoutMs: 300 });
    const sender = await Sender.connect(port);
    sender.socket.write(Buffer.from([0x0b]));
    for (let i = 0; i < 40 && !sender.isClosed; i++) {
      sender.socket.write("M");
      await sleep(25);
    }
    await until(() => sender.isClosed);
  });

  it("that sends 50 MB without an end is closed at the limit, and memory stays", async () => {
    const { port } = await start();
    const before = process.memoryUsage().rss;
    const sender = await Sender.connect(port);
    sender.socket.write(Buffer.from([0x0b]));
    const chunk = Buffer.alloc(256 * 1024, 65);
    for (let sent = 0; sent < 200 && !sender.isClosed; sent++)
      await new Promise<void>((resolve) => sender.socket.write(chunk, () => resolve()));
    await until(() => sender.isClosed);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it("that puts two messages into one frame is told so, and nothing is stored", async () => {
    const { port } = await start();
    const sender = await Sender.connect(port);
    const [first, second] = [message(), message()];
    const ack = await sender.send(first + second);
    expect(readAck(ack)).toMatchObject({ code: "AE", errors: [{ at: "MSH^1", number: 100 }] });
    const ids = [first, second].map((text) => text.split("|")[9]);
    const stored =
      "SELECT 1 FROM hl7_message WHERE control_id = ANY ($1) UNION ALL SELECT 1 FROM unmatched_message WHERE control_id = ANY ($1)";
    expect((await api.owner.query(stored, [ids])).rowCount).toBe(0);
    sender.close();
  });

  it("that talks without frames, or in no HL7 at all, is closed", async () => {
    const { port } = await start();
    for (const bytes of ["GET / HTTP/1.1\r\n\r\n", "\x0bhello\x1c\r", "\x0b\x1c\r"]) {
      const sender = await Sender.connect(port);
      sender.socket.write(bytes);
      expect(await sender.next()).toBe(null);
    }
  });

  it("that never reads its acknowledgements is read no further, and closed", async () => {
    const { port } = await start({ frameTimeoutMs: 500 });
    const sender = await Sender.connect(port);
    sender.socket.pause();
    const bytes = hl7.frame(
      Buffer.from(
        `MSH|^~\\&|${"A".repeat(190)}|S|I|S|20261102093000||ADT^A01^ADT_A01|X|P|2.5.1\rEVN||20261102093000\rPID|1||1^^^X^MR||D^J\rPV1|1|O\r`,
      ),
    );
    const many = Buffer.concat(Array.from({ length: 400 }, () => bytes));
    // Writes until the listener stops reading, then sees the connection go.
    for (let i = 0; i < 400 && !sender.isClosed; i++)
      await Promise.race([new Promise((resolve) => sender.socket.write(many, resolve)), sleep(100)]);
    sender.socket.resume();
    await until(() => sender.isClosed);
  });

  it("faster than its allowance is slowed down, not refused", async () => {
    const { port } = await start({ messagesPerSecond: 10 });
    const sender = await Sender.connect(port);
    const startedAt = performance.now();
    for (let i = 0; i < 15; i++) expect(readAck(await sender.send(message())).code).toBe("AA");
    expect(performance.now() - startedAt).toBeGreaterThan(400);
    sender.close();
  });

  it("with more connections than a peer may have is refused, unless an idle one can give way", async () => {
    const { port } = await start({ connectionsPerPeer: 3 });
    const working = await Promise.all([1, 2, 3].map(() => Sender.connect(port)));
    for (const sender of working.slice(0, 2)) await sender.send(message());
    const fourth = await Sender.connect(port);
    expect(readAck(await fourth.send(message())).code).toBe("AA");
    await until(() => working[2]?.isClosed === true);
    const fifth = await Sender.connect(port);
    expect(await fifth.next()).toBe(null);
    for (const sender of [...working, fourth]) sender.close();
  });

  it("in the shape of 1,000 idle connections and 100 slow ones does not slow an honest one down", async () => {
    const { port } = await start({ connectionsPerPeer: 8 });
    const honest = await Sender.connect(port, "127.0.0.2");
    await honest.send(message());
    const crowd: Sender[] = [];
    for (let i = 0; i < 1100; i++)
      crowd.push(await Sender.connect(port, `127.0.${1 + (i % 200)}.${1 + Math.floor(i / 200)}`));
    let isOver = false;
    const slow = crowd.slice(-100);
    const drip = (async () => {
      for (const sender of slow) sender.socket.write(Buffer.from([0x0b]));
      while (!isOver) {
        for (const sender of slow) if (!sender.isClosed) sender.socket.write("M");
        await sleep(50);
      }
    })();
    const tookMs: number[] = [];
    for (let i = 0; i < 200; i++) {
      const startedAt = performance.now();
      expect(readAck(await honest.send(message())).code).toBe("AA");
      tookMs.push(performance.now() - startedAt);
    }
    isOver = true;
    await drip;
    tookMs.sort((a, b) => a - b);
    expect(tookMs[197]).toBeLessThan(500);
    expect(crowd.filter(({ isClosed }) => !isClosed).length).toBeLessThan(64);
    for (const sender of [honest, ...crowd]) sender.close();
  }, 60_000);

  it("gone before its answer gets it when it sends again", async () => {
    const { port } = await start();
    const text = message();
    const first = await Sender.connect(port);
    first.socket.write(hl7.frame(Buffer.from(text)));
    await sleep(5);
    first.close();
    const second = await Sender.connect(port);
    expect(readAck(await second.send(text)).code).toBe("AA");
    const controlId = text.split("|")[9];
    expect((await api.owner.query("SELECT 1 FROM hl7_message WHERE control_id = $1", [controlId])).rowCount).toBe(1);
    second.close();
  });
});
