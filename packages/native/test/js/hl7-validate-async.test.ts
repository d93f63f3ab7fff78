import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { bytesOf, goodMessage, header, patient, result, test } from "./hl7-fixtures.ts";

/** A message of so many OBX, which is about 50 bytes each. */
const messageOf = (count: number): Uint8Array => bytesOf(header, patient, test, ...Array<string>(count).fill(result));
const large = messageOf(40_000);

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof hl7.Hl7Error) return error.code;
  throw new Error("expected an Hl7Error", { cause: error });
}

describe("validateAsync", () => {
  it("says what validateAll says, of small and of large inputs, in both profiles", async () => {
    const damaged = Uint8Array.from(messageOf(8_000));
    for (let i = 500; i < damaged.length; i += 997) damaged[i] = 124;
    const batch = Buffer.concat([large, large]);
    for (const bytes of [goodMessage, large, damaged, batch, new Uint8Array(0), Buffer.alloc(300_000, 1)]) {
      for (const profile of ["strict", "tolerant"] as const) {
        expect(await hl7.validateAsync(bytes, { profile })).toEqual(hl7.validateAll(bytes, { profile }));
      }
    }
    expect(await hl7.validateAsync(large)).toEqual(hl7.validateAll(large));
  });

  it("leaves the event loop free meanwhile", async () => {
    await hl7.validateAsync(large);
    const blocks = performance.eventLoopUtilization();
    const reports = Promise.all(Array.from({ length: 30 }, () => hl7.validateAsync(large)));
    let ticks = 0;
    let isDone = false;
    void reports.then(() => {
      isDone = true;
    });
    while (!isDone) {
      await pause(1);
      ticks++;
    }
    expect(ticks).toBeGreaterThan(10);
    expect((await reports).every(({ reports: [first] }) => first?.controlId === "M1")).toBe(true);
    expect(performance.eventLoopUtilization(blocks).utilization).toBeLessThan(0.9);
  });

  it("looks at the bytes as they were when it was called", async () => {
    const bytes = Uint8Array.from(large);
    const pending = hl7.validateAsync(bytes);
    bytes.fill(0);
    expect((await pending).reports[0]?.controlId).toBe("M1");
    expect(bytes.length).toBe(large.length);
  });

  it("answers several at once, each with its own report", async () => {
    const inputs = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? goodMessage : messageOf(6_000 + i)));
    const reports = await Promise.all(inputs.map((bytes) => hl7.validateAsync(bytes)));
    expect(reports).toEqual(inputs.map((bytes) => hl7.validateAll(bytes)));
  });

  it("refuses what validateAll refuses, by the same codes", async () => {
    expect(await codeOf(hl7.validateAsync("x" as never))).toBe("argument-invalid");
    expect(await codeOf(hl7.validateAsync(new Uint8Array(new SharedArrayBuffer(300_000)) as never))).toBe(
      "argument-invalid",
    );
    expect(await codeOf(hl7.validateAsync(large, { profile: "other" as never }))).toBe("argument-invalid");
    expect(await codeOf(hl7.validateAsync(new Uint8Array(64 * 1024 * 1024 + 1)))).toBe("file-too-big");
  });

  it("says so when its thread dies, and works again with another one", async () => {
    await pause(5_500); // the thread of the tests before has ended by then
    const started = once(process, "worker");
    const lost = [codeOf(hl7.validateAsync(large)), codeOf(hl7.validateAsync(large))];
    const [thread]: Worker[] = await started;
    await thread?.terminate();
    expect(await Promise.all(lost)).toEqual(["worker-failed", "worker-failed"]);
    expect((await hl7.validateAsync(large)).reports[0]?.controlId).toBe("M1");
  }, 20_000);
});
