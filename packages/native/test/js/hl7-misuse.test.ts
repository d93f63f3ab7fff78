import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { addon } from "../../js/addon.ts";
import { hl7 } from "../../js/index.ts";
import { bytesOf, errorOf, goodMessage, header, patient, test } from "./hl7-fixtures.ts";

const detached = (): Uint8Array => {
  const bytes = Uint8Array.from(goodMessage);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
};

const wrongBytes: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a string", "MSH|^~\\&"],
  ["a number", 5],
  ["an array", [77, 83, 72]],
  ["an ArrayBuffer", new ArrayBuffer(8)],
  ["a DataView", new DataView(new ArrayBuffer(8))],
  ["another typed array", new Uint16Array(8)],
  ["shared memory", new Uint8Array(new SharedArrayBuffer(8))],
  ["a detached buffer", detached()],
];

const takesBytes: [string, (bytes: Uint8Array) => unknown][] = [
  ["parse", hl7.parse],
  ["split", hl7.split],
  ["validate", (bytes) => hl7.validate(bytes)],
  ["validateAll", (bytes) => hl7.validateAll(bytes)],
  ["frame", hl7.frame],
  ["Framer.push", (bytes) => new hl7.Framer().push(bytes)],
];

describe.each(takesBytes)("%s", (_, work) => {
  it.each(wrongBytes)("refuses %s with a code", (_name, bytes) => {
    expect(errorOf(() => work(bytes as Uint8Array)).code).toBe("argument-invalid");
  });
});

describe("sizes", () => {
  it("refuses a message above 5 MiB in parse and reports it in validate", () => {
    const big = Buffer.concat([goodMessage, Buffer.alloc(5 * 1024 * 1024, "A")]);
    expect(errorOf(() => hl7.parse(big)).code).toBe("message-too-big");
    expect(hl7.validate(big)).toMatchObject({ ack: null, disposition: "refuse" });
  });

  it("refuses a file above 64 MiB", () => {
    const big = new Uint8Array(64 * 1024 * 1024 + 1);
    expect(errorOf(() => hl7.split(big)).code).toBe("file-too-big");
    expect(errorOf(() => hl7.validateAll(big)).code).toBe("file-too-big");
  });

  it("reads a message of ten thousand results", () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `OBX|${i + 1}|NM|${i}^x^L||${i}||||||F`);
    const bytes = bytesOf(header, patient, test, ...lines);
    expect(hl7.parse(bytes).observations().at(-1)).toMatchObject({ obxIndex: 10_000, value: "9999" });
    expect(hl7.validate(bytes).ack).toBe("AA");
  });

  it.each([
    ["a field of 5 MB", bytesOf(header, patient, test, `OBX|1|TX|1^x^L||${"A".repeat(5_000_000)}||||||F`)],
    ["nothing but delimiters", bytesOf(header, `PID${"|".repeat(5_000_000)}`)],
    ["a million repetitions", bytesOf(header, patient, test, `OBX|1|NM|1^x^L||${"1~".repeat(1_000_000)}||||||F`)],
    ["a million components", bytesOf(header, patient.replace("Doe", "^".repeat(1_000_000)))],
    ["a million escapes", bytesOf(header, patient, test, `OBX|1|TX|1^x^L||${"\\H\\".repeat(1_000_000)}||||||F`)],
    ["a million broken escapes", bytesOf(header, patient, test, `OBX|1|TX|1^x^L||${"\\q".repeat(1_000_000)}||||||F`)],
    ["a million empty lines", Buffer.concat([goodMessage, Buffer.alloc(4_000_000, "\r")])],
    ["a million unknown lines", bytesOf(header, "QQQ\r".repeat(1_000_000))],
    [
      "lines of a thousand different names",
      bytesOf(
        header,
        Array.from({ length: 300_000 }, (_, i) => `Q${(36 + (i % 1260)).toString(36).toUpperCase()}|`).join("\r"),
      ),
    ],
    ["a quarter million same results", bytesOf(header, patient, test, "OBX|1|ST|1^x^L||a||||||F\r".repeat(150_000))],
  ])("judges %s in a time that grows with its length", (_, bytes) => {
    const start = performance.now();
    const report = hl7.validate(bytes);
    hl7.split(bytes);
    if (report.ack) hl7.parse(bytes).observations();
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("other threads", () => {
  it("each have the library to themselves", async () => {
    const code = `
      const { parentPort, workerData } = require("node:worker_threads");
      import(workerData.front).then(({ hl7 }) => {
        let values = "";
        for (let i = 0; i < 2000; i++) values = hl7.parse(workerData.bytes).get("OBX-5") + hl7.validate(workerData.bytes).ack;
        parentPort.postMessage(values);
      });`;
    const front = new URL("../../js/index.ts", import.meta.url).href;
    const answers = await Promise.all(
      [1, 2, 3].map(
        () =>
          new Promise((resolve, reject) => {
            const worker = new Worker(code, { eval: true, workerData: { front, bytes: Uint8Array.from(goodMessage) } });
            worker.once("message", resolve).once("error", reject);
          }),
      ),
    );
    expect(answers).toEqual(["13.5AA", "13.5AA", "13.5AA"]);
  });
});

describe("the binding itself", () => {
  const raw = addon.hl7val as Record<string, (...args: unknown[]) => unknown>;
  const junk: unknown[] = [
    undefined,
    null,
    1,
    -1,
    "x",
    {},
    [],
    new Uint8Array(3),
    new Uint32Array(2),
    new Uint32Array(64),
    Symbol("s"),
    1n,
  ];

  it.each(["index", "split", "validate", "decode", "build", "framer", "push", "time"])(
    "%s answers any arguments with a value or a TypeError",
    (name) => {
      for (const a of junk) {
        for (const b of junk) {
          for (const c of junk) {
            try {
              raw[name]?.(a, b, c);
            } catch (error) {
              expect(error).toBeInstanceOf(TypeError);
            }
          }
        }
      }
    },
  );
});
