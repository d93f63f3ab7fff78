import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { BillError, bill } from "../../js/index.ts";

// Everything a caller could hand over by mistake or on purpose: a code, never a crash, and the next call works.
// `as never` is the caller without types.
const line: bill.BillLine = { quantityMicros: 1_000_000, priceMinor: 100n };

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof BillError) return error.code;
    throw error;
  } finally {
    expect(bill.invoice([line]).totalMinor).toBe(100n);
  }
  return "ok";
}

function detached(): BigInt64Array {
  const longs = new BigInt64Array(64);
  structuredClone(longs.buffer, { transfer: [longs.buffer] });
  return longs;
}

class Liar extends BigInt64Array {
  override get length(): number {
    return 1_000_000;
  }
  static get [Symbol.species](): never {
    throw new RangeError("asked");
  }
}

const nothings: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a number", 7],
  ["a text", "lines"],
  ["a symbol", Symbol("x")],
  ["an object with a length", { length: 1, 0: line }],
  ["a Uint8Array", new Uint8Array(8)],
  ["a Float64Array", new Float64Array(8)],
  ["a BigUint64Array", new BigUint64Array(8)],
  ["an object made to look like amounts", Object.create(BigInt64Array.prototype)],
  ["a function", () => [line]],
  ["a Proxy of amounts", new Proxy(new BigInt64Array(2), {})],
  ["detached amounts", detached()],
];

describe.each<[string, (value: never) => unknown]>([
  ["invoice", (value) => bill.invoice(value)],
  ["allocate", (value) => bill.allocate(1, value)],
  ["pay", (value) => bill.pay(1, value)],
])("%s", (_, call) => {
  it.each(nothings)("refuses %s", (_, value) => {
    expect(codeOf(() => call(value as never))).toBe("bad-argument");
  });

  it("refuses more than a million at once", () => {
    expect(codeOf(() => call(new Array(2 ** 32 - 1) as never))).toBe("too-big");
  });
});

const notWhole = [Number.NaN, 1.5, 2 ** 53, -(2 ** 53), Infinity, "1", true, Symbol("x"), {}, [], new Date()];
const notAmount = [...notWhole, 2n ** 63n, -(2n ** 64n), 10n ** 400n];

describe("a line", () => {
  it.each<[keyof bill.BillLine, unknown[]]>([
    ["quantityMicros", [...notWhole, 1n, undefined]],
    ["priceMinor", [...notAmount, undefined]],
    ["pricePerMicros", [...notWhole, 0, 1n, null]],
    ["discountMinor", [...notAmount, null]],
    ["discountPpm", [...notWhole, -1, 1_000_001, 2 ** 32, null]],
    ["taxPpm", [...notWhole, -1, 1_000_001, -(2 ** 32), null]],
    ["taxIncluded", [null, 0, 1, "true", {}]],
  ])("whose %s is nothing of the kind is refused by its number", (key, values) => {
    for (const value of values) {
      try {
        bill.invoice([line, { ...line, [key]: value } as never]);
        throw new Error(`took ${key} ${String(value)}`);
      } catch (error) {
        expect(error).toMatchObject({ code: "bad-argument", line: 1 });
      }
    }
    expect(bill.invoice([line]).totalMinor).toBe(100n);
  });

  it("of the least number of 64 bits, a negative discount or price quantity is out of range", () => {
    expect(codeOf(() => bill.invoice([{ ...line, priceMinor: -(2n ** 63n) }]))).toBe("out-of-range");
    expect(codeOf(() => bill.invoice([{ ...line, discountMinor: -1 }]))).toBe("out-of-range");
    expect(codeOf(() => bill.invoice([{ ...line, pricePerMicros: -1 }]))).toBe("out-of-range");
  });

  it.each([undefined, null, 5, "line", () => line])("that is %s is refused", (value) => {
    expect(codeOf(() => bill.invoice([value as never]))).toBe("bad-argument");
  });

  it("that overflows or is discounted below nothing is named, also behind a thousand others", () => {
    const many = Array<bill.BillLine>(2_500).fill(line);
    const most = { quantityMicros: Number.MAX_SAFE_INTEGER, priceMinor: 2n ** 62n };
    for (const [wrong, code] of [
      [most, "overflow"],
      [{ ...line, discountMinor: 101 }, "discount-too-large"],
    ] as const) {
      expect(() => bill.invoice([...many, wrong])).toThrow(expect.objectContaining({ code, line: 2_500 }));
    }
  });

  it("of a seventeenth rate is refused", () => {
    const rates = Array.from({ length: 17 }, (_, i) => ({ ...line, taxPpm: i * 10_000 }));
    expect(codeOf(() => bill.invoice(rates))).toBe("too-many-rates");
  });
});

describe("options", () => {
  it.each([null, 5, "rate", { taxRounding: "cent" }, { taxRounding: null }])("%j are refused", (options) => {
    expect(codeOf(() => bill.invoice([line], options as never))).toBe("bad-argument");
  });

  it("of a payment name a way there is", () => {
    expect(codeOf(() => bill.pay(1, [1], { how: "backwards" as never }))).toBe("bad-argument");
  });
});

describe("amounts", () => {
  it.each(notAmount)("%s is none", (value) => {
    expect(codeOf(() => bill.allocate(value as never, [1]))).toBe("bad-argument");
    expect(codeOf(() => bill.allocate(1, [1, value as never]))).toBe("bad-argument");
    expect(codeOf(() => bill.format(value as never, 2))).toBe("bad-argument");
  });

  it("that are negative where they must not be are out of range", () => {
    expect(codeOf(() => bill.pay(-1, [1]))).toBe("out-of-range");
    expect(codeOf(() => bill.pay(1, [-1]))).toBe("out-of-range");
    expect(codeOf(() => bill.allocate(1, BigInt64Array.of(-1n)))).toBe("out-of-range");
    expect(codeOf(() => bill.allocate(1, BigInt64Array.of(2n ** 62n, 2n ** 62n)))).toBe("overflow");
  });

  it("are believed by their memory, shared memory is copied, and what was handed over is not changed", () => {
    const liar = new Liar([1n, 2n]);
    expect([...bill.allocate(30n, liar).sharesMinor]).toEqual([10n, 20n]);
    const shared = new BigInt64Array(new SharedArrayBuffer(16)).fill(5n);
    expect([...bill.pay(3n, shared).paidMinor]).toEqual([2n, 1n]);
    expect([...shared]).toEqual([5n, 5n]);
  });
});

describe("text", () => {
  it.each([undefined, null, 5, 5n, {}, ["1"], Object("1")])("%s is no text", (value) => {
    expect(codeOf(() => bill.parse(value as never, 2))).toBe("bad-argument");
  });

  it.each([-1, 19, 1.5, "2", undefined, null])("%s is no number of decimals", (decimals) => {
    expect(codeOf(() => bill.parse("1", decimals as never))).toBe("bad-argument");
    expect(codeOf(() => bill.format(1, decimals as never))).toBe("bad-argument");
  });

  it("of any length and any characters is read or refused", () => {
    expect(bill.parse(`1.${"0".repeat(1_000_000)}`, 2)).toBe(100n);
    for (const text of ["", "\ud800", "１", "1\u0000", "−5", " 1", "1 ", "9".repeat(1_000_000)]) {
      expect(["not-a-number", "overflow"]).toContain(codeOf(() => bill.parse(text, 2)));
    }
  });
});

describe("a step", () => {
  it("that was changed does not hold", () => {
    const [step] = bill.invoice([line], { trail: true }).trail ?? [];
    if (!step) throw new Error("there is no trail");
    expect(bill.stepHolds(step)).toBe(true);
    for (const change of [{ result: step.result + 1n }, { a: 2n ** 64n }, { how: "guessed" }, { b: 5 }, { c: 0n }]) {
      expect(bill.stepHolds({ ...step, ...change } as never)).toBe(false);
    }
  });
});

describe("an object that reckons while it is read", () => {
  it("may not, and everything works on", () => {
    const busy = {
      ...line,
      get taxPpm() {
        return Number(bill.invoice([line]).taxMinor);
      },
    };
    expect(codeOf(() => bill.invoice([busy]))).toBe("re-entered");
    const weights = [1n, 2n];
    Object.defineProperty(weights, 1, { get: () => bill.allocate(1, [1]).sharesMinor[0] });
    expect(codeOf(() => bill.allocate(1, weights))).toBe("re-entered");
  });

  it("may throw an error of its own, or take lines away", () => {
    const trap = {
      ...line,
      get priceMinor(): bigint {
        throw new RangeError("mine");
      },
    };
    expect(() => bill.invoice([trap])).toThrow(RangeError);
    const lines: bill.BillLine[] = [line, line];
    lines[0] = {
      ...line,
      get taxPpm() {
        lines.length = 1;
        return 0;
      },
    };
    expect(codeOf(() => bill.invoice(lines))).toBe("bad-argument");
  });
});

describe("packed lines", () => {
  it("are refused where they are not four numbers each, too many, gone, or asked for a trail", () => {
    const gone = new Int32Array(4);
    structuredClone(gone, { transfer: [gone.buffer] });
    const refused: [string, () => unknown][] = [
      ["bad-argument", () => bill.invoice(new Int32Array(5))],
      ["bad-argument", () => bill.invoice(gone)],
      ["bad-argument", () => bill.invoice(new Int32Array(4), { trail: true })],
      ["bad-argument", () => bill.invoice(new Uint32Array(4) as never)],
      ["bad-argument", () => bill.invoice(Object.create(Int32Array.prototype) as never)],
      ["too-big", () => bill.invoice(new Int32Array(4_000_004))],
      ["out-of-range", () => bill.invoice(Int32Array.of(1, 1, 0, 1_000_001))],
      ["out-of-range", () => bill.invoice(Int32Array.of(1, 1, -1, 0))],
    ];
    for (const [code, call] of refused) expect(codeOf(call), String(call)).toBe(code);
    const shared = new Int32Array(new SharedArrayBuffer(16));
    shared.set([1_000_000, 100, 0, 190_000]);
    expect(bill.invoice(shared).totalMinor).toBe(119n);
    expect(bill.invoice(new Int32Array(0)).totalMinor).toBe(0n);
  });
});

describe("worker threads", () => {
  it("reckon side by side, each with a buffer of its own", async () => {
    const front = new URL("../../js/index.ts", import.meta.url).href;
    const body = `import { parentPort, workerData } from "node:worker_threads";
      const { bill } = await import(${JSON.stringify(front)});
      const lines = Array(2_000).fill({ quantityMicros: 1_000_000, priceMinor: workerData });
      const totals = new Set(Array.from({ length: 200 }, () => bill.invoice(lines).totalMinor));
      parentPort.postMessage([...totals]);`;
    const answers = [3n, 5n, 7n].map((workerData) => {
      const url = new URL(`data:text/javascript,${encodeURIComponent(body)}`);
      const worker = new Worker(url, { workerData });
      return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
    });
    expect(await Promise.all(answers)).toEqual([[6_000n], [10_000n], [14_000n]]);
  });
});
