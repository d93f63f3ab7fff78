import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { makeRing, place } from "./cutils-fixtures.ts";

const front = new URL("../../js/index.ts", import.meta.url).href;

/** Runs module text in a worker thread and answers what it posts. */
function inWorker(body: string, workerData: unknown): Promise<unknown> {
  const text = `
    import { parentPort, workerData } from "node:worker_threads";
    const { cutils } = await import(${JSON.stringify(front)});
    ${body}`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { workerData });
    // The answer counts once the thread is gone: its rings are freed then, and no thread outlives its test.
    let answer: unknown;
    worker.once("message", (message) => {
      answer = message;
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      if (answer === undefined) reject(new Error("the worker ended without an answer"));
      else resolve(answer);
    });
  });
}

const work = `
  const key = new Uint8Array(32).fill(0x11);
  const ring = new cutils.KeyRing({ keys: [{ id: 1, key, state: "active" }], indexKey: new Uint8Array(32).fill(0x44) });
  const nonces = [];
  for (let i = 0; i < 2_000; i++) {
    const where = { ...workerData.place, row: "r" + i };
    const sealed = ring.seal("text " + i, where);
    if (ring.open(sealed, where) !== "text " + i) throw new Error("lost a text");
    nonces.push(Buffer.from(sealed.subarray(6, 18)).toString("hex"));
  }
  parentPort.postMessage({ opened: ring.open(workerData.sealed, workerData.place), nonces });`;

describe("worker threads", () => {
  it("each have a ring of their own, open each other's values and share no nonce", async () => {
    const ring = makeRing();
    const sealed = ring.seal("from the main thread", place);
    const answers = (await Promise.all(Array.from({ length: 4 }, () => inWorker(work, { place, sealed })))) as {
      opened: string;
      nonces: string[];
    }[];
    expect(answers.map(({ opened }) => opened)).toEqual(Array(4).fill("from the main thread"));
    const nonces = answers.flatMap((answer) => answer.nonces);
    expect(new Set(nonces).size).toBe(8_000);
    expect(ring.open(sealed, place)).toBe("from the main thread");
  });

  it("leave nothing behind when they end with live rings", async () => {
    for (let i = 0; i < 10; i++) {
      expect(
        await inWorker(
          `globalThis.kept = [${"new cutils.KeyRing({ keys: [], indexKey: new Uint8Array(32) }),".repeat(20)}]; parentPort.postMessage("ok")`,
          {},
        ),
      ).toBe("ok");
    }
  });
});

describe("memory", () => {
  it("does not grow with rings that are made and disposed of", () => {
    const churn = (count: number) => {
      for (let i = 0; i < count; i++) {
        const ring = makeRing();
        ring.token("x", { tenant: "t", field: "f" });
        ring.dispose();
      }
    };
    churn(2_000);
    const before = process.memoryUsage.rss();
    churn(20_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20);
  });
});
