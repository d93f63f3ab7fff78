import { existsSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { BillError, bill } from "../../js/index.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const head = "drg,weight,gmlos,title,valid_from,valid_to\n";
const row = '470,1.9,2.5,"Knie, Käse €",2024-10-01,2025-09-30\n';
const drgs = await bill.loadDrgs([{ bytes: encode(head + row) }]);
const terms = { baseRateMinor: 650_000 };
const stay: bill.DrgStay = { drg: "470", dischargedOn: 2025_03_14, days: 3, chargesMinor: 100 };

async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof BillError) return error.code;
    throw error;
  } finally {
    expect(drgs.find("470", 2025_03_14)?.weightMicros).toBe(1_900_000n);
  }
  return "ok";
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(64);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

describe("a table", () => {
  it("gives its rows by code and day", () => {
    expect(drgs.length).toBe(1);
    expect(drgs.find("470", 2025_09_30)).toEqual({
      code: "470",
      title: "Knie, Käse €",
      validFrom: 2024_10_01,
      validTo: 2025_09_30,
      mdc: "",
      type: "",
      weightMicros: 1_900_000n,
      meanDaysMicros: 2_500_000n,
    });
    expect(drgs.find("470", 2025_10_01)).toBeUndefined();
    expect(drgs.find("a code far too long to be one", 2025_03_14)).toBeUndefined();
  });

  it("of ICD codes takes them with and without the dot", async () => {
    const icds = await bill.loadIcdCodes([
      { bytes: encode("code,billable,description\nE11.9,1,Type 2\nE11,0,Type 2\n"), from: 2021_10_01, to: 2022_09_30 },
    ]);
    expect(icds.find("e119", 2022_03_14)).toMatchObject({ code: "E11.9", isBillable: true });
    expect(icds.find("E11", 2022_03_14)).toMatchObject({ code: "E11", isBillable: false });
    expect(await codeOf(() => bill.payDrg(icds as never, stay, terms))).toBe("bad-argument");
    icds.dispose();
  });

  it.each([
    ["no header", "470,1.9\n", "no-columns", 2],
    ["a bad row", `${head}470,x,1,T,2024-10-01,2025-09-30\n`, "bad-row", 2],
    ["two rows for a day", head + row + row, "overlapping-rows", 3],
  ])("with %s is refused with the line", async (_, text, code, line) => {
    await expect(bill.loadDrgs([{ bytes: encode(text) }])).rejects.toMatchObject({ code, line });
    // The same behind so many rows that it is read on a worker thread.
    const rows = Array.from({ length: 9_000 }, (_, i) => `X${i},1,1,A TITLE OF SOME LENGTH,2024-10-01,2025-09-30\n`);
    const large = encode(head + rows.join("") + (text.startsWith(head) ? text.slice(head.length) : "!,1,1\n"));
    expect(large.length).toBeGreaterThan(256 * 1024);
    await expect(bill.loadDrgs([{ bytes: large }])).rejects.toMatchObject({
      code: code === "no-columns" ? "bad-row" : code,
    });
  });

  it("is read on a worker thread where the file is large, whatever becomes of the caller's bytes", async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `A${i},${i}.5,1,T,2024-10-01,2025-09-30\n`);
    const bytes = encode(head + rows.join(""));
    const loading = bill.loadDrgs([{ bytes }, { bytes: encode(head + row) }]);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    let isDone = false;
    let turns = 0;
    const done = loading.then((table) => {
      isDone = true;
      return table;
    });
    while (!isDone) {
      turns++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const table = await done;
    expect(turns).toBeGreaterThan(1);
    expect(table.length).toBe(100_001);
    expect(table.find("A99999", 2025_01_01)?.weightMicros).toBe(99_999_500_000n);
    table.dispose();
    expect(await codeOf(() => table.find("A1", 2025_01_01))).toBe("disposed");
    expect(await codeOf(() => table.length)).toBe("disposed");
    expect(await codeOf(() => bill.payDrg(table, stay, terms))).toBe("disposed");
    table.dispose();
  });

  it.each([undefined, null, 5, "text", {}, { bytes: [] }, [undefined], [5], [{}], [{ bytes: "text" }]])(
    "is not made of %j",
    async (files) => {
      expect(await codeOf(() => bill.loadDrgs(files as never))).toBe("bad-argument");
      expect(await codeOf(() => bill.loadIcdCodes(files as never))).toBe("bad-argument");
    },
  );

  it.each<[string, object]>([
    ["detached bytes", { bytes: detached() }],
    ["bytes made to look like it", { bytes: Object.create(Uint8Array.prototype) }],
    ["an ArrayBuffer", { bytes: new ArrayBuffer(8) }],
    ["other numbers", { bytes: new Uint16Array(8) }],
    ["a text for a day", { bytes: encode(head), from: "2024-10-01" }],
    ["a day before all days", { bytes: encode(head), from: -1 }],
    ["a day after all days", { bytes: encode(head), to: 1e9 }],
  ])("is not made of %s", async (_, file) => {
    expect(await codeOf(() => bill.loadDrgs([file as never]))).toBe("bad-argument");
  });

  it("takes shared memory by copying it, refuses days that are none and files that are too large", async () => {
    const text = encode(head + row);
    const shared = new Uint8Array(new SharedArrayBuffer(text.length));
    shared.set(text);
    expect((await bill.loadDrgs([{ bytes: shared }])).length).toBe(1);
    expect(await codeOf(() => bill.loadDrgs([{ bytes: text, from: 2025_02_29, to: 2025_03_01 }]))).toBe("out-of-range");
    expect(await codeOf(() => bill.loadDrgs([{ bytes: new Uint8Array(64 * 2 ** 20 + 1) }]))).toBe("too-big");
  });

  it.each([undefined, null, 470, {}, ["470"]])("has no row of %j", async (code) => {
    expect(await codeOf(() => drgs.find(code as never, 2025_03_14))).toBe("bad-argument");
    expect(await codeOf(() => drgs.find("470", code as never))).toBe(code === 470 ? "ok" : "bad-argument");
  });

  it("that only looks like one is none", async () => {
    expect(await codeOf(() => Object.create(bill.DrgTable.prototype).find("470", 2025_03_14))).toBe("bad-argument");
    expect(await codeOf(() => bill.payDrg({ id: 0 } as never, stay, terms))).toBe("bad-argument");
  });

  it("goes with its worker thread, also while a file is being read there", async () => {
    const front = new URL("../../js/index.ts", import.meta.url).href;
    const body = `import { parentPort } from "node:worker_threads";
      const { bill } = await import(${JSON.stringify(front)});
      const rows = Array.from({ length: 60_000 }, (_, i) => "A" + i + ",1.5,1\\n").join("");
      const bytes = new TextEncoder().encode("drg,weight,gmlos\\n" + rows);
      const loads = [1, 2, 3].map(() => bill.loadDrgs([{ bytes, from: 20250101, to: 20251231 }]));
      parentPort.postMessage("loading");
      await Promise.all(loads);`;
    for (let i = 0; i < 5; i++) {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(body)}`));
      await new Promise((resolve) => worker.once("message", resolve));
      await worker.terminate();
    }
    expect(drgs.length).toBe(1);
  });
});

describe("a stay", () => {
  it.each<[string, object]>([
    ["drg", { drg: 470 }],
    ["dischargedOn", { dischargedOn: "2025-03-14" }],
    ["days", { days: -1 }],
    ["days", { days: 1.5 }],
    ["chargesMinor", { chargesMinor: "100" }],
    ["addOnMinor", { addOnMinor: 0.5 }],
    ["leaving", { leaving: "home" }],
  ])("with a wrong %s is refused", async (_, change) => {
    expect(await codeOf(() => bill.payDrg(drgs, { ...stay, ...change } as never, terms))).toBe("bad-argument");
  });

  it.each<[string, unknown]>([
    ["none", undefined],
    ["no base rate", {}],
    ["a rate above 1", { ...terms, marginalPpm: 1_000_001 }],
    ["a text", { ...terms, fixedLossMinor: "1" }],
  ])("is not paid by terms that are %s", async (_, wrong) => {
    expect(await codeOf(() => bill.payDrg(drgs, stay, wrong as never))).toBe("bad-argument");
  });

  it("says out of range and overflow by their codes", async () => {
    expect(await codeOf(() => bill.payDrg(drgs, { ...stay, chargesMinor: -1 }, terms))).toBe("out-of-range");
    expect(await codeOf(() => bill.payDrg(drgs, stay, { baseRateMinor: 2n ** 63n - 1n }))).toBe("overflow");
  });

  it("has a base rate of labor and the rest", async () => {
    const of = { laborMinor: 439_300, wageIndexMicros: 1_023_400, restMinor: 210_650n, costOfLivingMicros: 1_000_000 };
    expect(bill.baseRate(of)).toBe(660_230n);
    expect(await codeOf(() => bill.baseRate({ ...of, laborMinor: -1 }))).toBe("out-of-range");
    expect(await codeOf(() => bill.baseRate({ ...of, restMinor: 1.5 }))).toBe("bad-argument");
    expect(await codeOf(() => bill.baseRate(undefined as never))).toBe("bad-argument");
  });
});

describe("a claim", () => {
  const plan: bill.Coverage = { deductibleLeftMinor: 100 };
  const line: bill.ClaimLine = { chargeMinor: 100, benefits: [{ allowedMinor: 80 }] };

  it.each<[string, unknown, unknown]>([
    ["no lines", undefined, [plan]],
    ["no coverages", [line], []],
    ["five coverages", [line], [plan, plan, plan, plan, plan]],
    ["a coverage that is none", [line], [null]],
    ["a deductible that is a text", [line], [{ deductibleLeftMinor: "1" }]],
    ["an unknown order", [line], [{ ...plan, costOrder: "random" }]],
    ["an unknown coordination", [line], [{ ...plan, coordination: "none" }]],
    ["a line that is none", [undefined], [plan]],
    ["no charge", [{ benefits: line.benefits }], [plan]],
    ["too few benefits", [{ ...line, benefits: [] }], [plan]],
    ["a benefit that is none", [{ ...line, benefits: [5] }], [plan]],
    ["nothing allowed", [{ ...line, benefits: [{}] }], [plan]],
    ["an unknown kind of cover", [{ ...line, benefits: [{ covered: "perhaps" }] }], [plan]],
    ["a rate above 1", [{ ...line, benefits: [{ allowedMinor: 1, coinsurancePpm: 1_000_001 }] }], [plan]],
  ])("with %s is refused", async (_, lines, coverages) => {
    expect(await codeOf(() => bill.adjudicate(lines as never, coverages as never))).toBe("bad-argument");
  });

  it("with a negative number says which line", () => {
    const wrong = { ...line, chargeMinor: -1 };
    expect(() => bill.adjudicate([line, wrong], [plan])).toThrow(
      expect.objectContaining({ code: "out-of-range", line: 1 }),
    );
    expect(() => bill.adjudicate([line], [{ deductibleLeftMinor: -1 }])).toThrow(
      expect.objectContaining({ code: "out-of-range", line: undefined }),
    );
  });
});

const shared = new URL("../../../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(shared))("the published tables, where they are beside the repository", () => {
  it("hold two years of weights, picked by the day of discharge", async () => {
    const table = await bill.loadDrgs([{ bytes: readFileSync(new URL("drg/ms-drg-weights.csv", shared)) }]);
    expect(table.length).toBe(1_534);
    expect(table.find("001", 2022_09_30)?.weightMicros).toBe(28_913_200n);
    expect(table.find("001", 2022_10_01)?.weightMicros).toBe(28_146_100n);
    const paid = bill.payDrg(table, { ...stay, drg: "001", dischargedOn: 2022_10_01 }, terms);
    expect(paid.totalMinor).toBe(18_294_965n);
    expect(await codeOf(() => bill.payDrg(table, { ...stay, drg: "999", dischargedOn: 2022_10_01 }, terms))).toBe(
      "ungroupable",
    );
  });

  it("hold all ICD-10-CM codes of a year", async () => {
    const bytes = readFileSync(new URL("icd10/icd10cm-2022.csv", shared));
    const table = await bill.loadIcdCodes([{ bytes, from: 2021_10_01, to: 2022_09_30 }]);
    expect(table.length).toBe(95_524);
    expect(table.find("S72001A", 2022_03_14)).toMatchObject({ code: "S72.001A", isBillable: true });
  });
});
