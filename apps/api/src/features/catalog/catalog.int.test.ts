import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { insertTests } from "../../demo/store.ts";
import { loadLoinc, loadUcum, readLoincFile, readUcumFile } from "./index.ts";
import { convertUnit, isUcumUnit } from "./unit.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
  const connection = await api.owner.connect();
  await connection.query("SELECT set_config('app.tenant_id', $1, false)", [api.home.id]);
  await insertTests(connection, { tenantId: api.home.id });
  connection.release(true);
});
afterAll(() => api.close());

const zinc = {
  code: "5763-8",
  name: "Zinc [Mass/volume] in Serum or Plasma",
  shortName: "Zinc",
  category: "Chemistry",
  specimen: "Serum or plasma",
  unit: "ug/dL",
  specimenType: "SER",
  ranges: [{ low: "60", high: "120" }],
};
type Range = { id: string; low: string; high: string; validTo: string | null };

describe("the catalogue", () => {
  it("shows tests whole: unit, answers, limits, targets; panels with what is inside", async () => {
    const lab = await api.as("lab_technician");
    const { body } = await lab.get("/lab/tests/2823-3/");
    expect(body).toMatchObject({
      shortName: "Potassium",
      unit: "mmol/L",
      decimals: 1,
      containerType: "SST",
      turnaroundStat: 60,
      criticalMinutes: 30,
      deltaPercent: "20",
      ranges: [{ low: "3.5", high: "5.1", criticalLow: "2.8", criticalHigh: "6.2", sex: null }],
    });
    const panel = await lab.get("/lab/tests/58410-2/");
    expect((panel.body.members as { code: string }[])[0]).toEqual({ code: "6690-2", shortName: "White cells (WBC)" });
    const first = await lab.get("/lab/tests/?limit=2&category=Chemistry");
    const second = await lab.get(`/lab/tests/?limit=2&category=Chemistry&cursor=${String(first.body.nextCursor)}`);
    const names = [first, second].flatMap((page) =>
      (page.body.items as { shortName: string }[]).map((test) => test.shortName),
    );
    expect(names).toEqual([...names].sort());
    expect(new Set(names).size).toBe(4);
  });

  it("is changed by administrators: a range that is replaced ends, every state stays readable, a stale change is told", async () => {
    const admin = await api.as("admin");
    const made = await admin.post("/lab/tests/", zinc);
    expect([made.status, made.body.version]).toEqual([201, 1]);
    const changed = await admin.put("/lab/tests/5763-8/", {
      version: 1,
      ranges: [{ low: "65", high: "120" }],
      decimals: 1,
    });
    const ranges = changed.body.ranges as Range[];
    expect(ranges.map(({ low, validTo }) => [low, validTo === null])).toEqual([
      ["65", true],
      ["60", false],
    ]);
    const same = await admin.put("/lab/tests/5763-8/", { version: 2, ranges: [{ low: "65", high: "120" }] });
    expect((same.body.ranges as Range[]).map(({ id }) => id)).toEqual(ranges.map(({ id }) => id));
    const stale = await admin.put("/lab/tests/5763-8/", { version: 2, shortName: "Zn" });
    expect([stale.status, stale.body.code, (stale.body.current as { version: number }).version]).toEqual([
      409,
      "stale-version",
      3,
    ]);
    const { body } = await admin.call("catalog.versions", { code: "5763-8" }, "query");
    expect(JSON.stringify(body)).toContain('"changed":["decimals","ranges"]');
    expect((await admin.put("/lab/tests/5763-8/", { version: 3, isActive: false })).status).toBe(200);
    expect(JSON.stringify((await admin.get("/lab-tests/?q=zinc")).body)).not.toContain("5763-8");
  });

  it("refuses what is no code, unit, order of limits, answer or member, and names the field", async () => {
    const admin = await api.as("admin");
    const faults = async (changes: object) => {
      const { body } = await admin.post("/lab/tests/", { ...zinc, code: "2601-3", ...changes });
      return (body.errors as { path: string }[] | undefined)?.map(({ path }) => path);
    };
    expect(await faults({ code: "2601-4" })).toEqual(["code"]);
    expect(await faults({ unit: "mmol per litre" })).toEqual(["unit"]);
    expect(await faults({ ranges: [{ low: "5", high: "4" }] })).toEqual(["ranges.0.high"]);
    expect(await faults({ ranges: [{ low: "5", high: "6", criticalHigh: "6" }] })).toEqual(["ranges.0.criticalHigh"]);
    expect(await faults({ valueType: "CODED" })).toEqual(["answers"]);
    expect(await faults({ containerType: "BUCKET" })).toEqual(["containerType"]);
    expect(await faults({ members: ["58410-2"] })).toEqual(["members"]);
    expect((await admin.post("/lab/tests/", { ...zinc, code: "2823-3" })).body.code).toBe("already-exists");
  });

  it("is closed to who may not change it, to nobody and to another organisation", async () => {
    expect((await (await api.as("lab_technician")).post("/lab/tests/", zinc)).status).toBe(403);
    expect((await api.anonymous.get("/lab/tests/")).status).toBe(401);
    expect((await (await api.as("otherDoctor")).get("/lab/tests/2823-3/")).status).toBe(404);
    expect((await (await api.as("otherAdmin")).put("/lab/tests/2823-3/", { version: 1, decimals: 2 })).status).toBe(
      404,
    );
  });
});

describe("units", () => {
  it("are UCUM's, and converted only between what measures the same", () => {
    expect(["mmol/L", "10*3/uL", "{INR}", "m[IU]/L", "mm[Hg]"].every(isUcumUnit)).toBe(true);
    expect(isUcumUnit("mmols")).toBe(false);
    expect(convertUnit(4.1, "mmol/L", "umol/L")).toBe(4100);
    expect(convertUnit(4.1, "mmol/L", "mg/dL")).toBeNull();
  });
});

describe("publishers' files", () => {
  it("are read in their own layout: LOINC's table, UCUM's essence", async () => {
    const loinc = readLoincFile(
      '\uFEFF"LOINC_NUM","COMPONENT","SYSTEM","SCALE_TYP","CLASS","STATUS","SHORTNAME","LONG_COMMON_NAME","EXAMPLE_UCUM_UNITS"\r\n"2823-3","Potassium","Ser/Plas","Qn","CHEM","ACTIVE","Potassium SerPl-sCnc","Potassium [Moles/volume] in Serum, ""or"" Plasma","mmol/L"\r\n',
    );
    expect(loinc).toMatchObject([
      { code: "2823-3", longName: 'Potassium [Moles/volume] in Serum, "or" Plasma', exampleUnit: "mmol/L" },
    ]);
    expect(() => readLoincFile("a,b\n1,2")).toThrow(/no table of LOINC/);
    const units = readUcumFile(
      '<root><unit Code="[in_i]" CODE="x"><name>inch &amp; more</name><printSymbol>in<sub>i</sub></printSymbol><property>length</property></unit></root>',
    );
    expect(units).toEqual([{ code: "[in_i]", name: "inch & more", printSymbol: "ini", property: "length" }]);
    expect(() => readUcumFile("<root/>")).toThrow(/names no units/);
    const connection = await api.owner.connect();
    await loadLoinc(connection, loinc);
    await loadLoinc(connection, loinc);
    await loadUcum(connection, units);
    connection.release();
    const { body } = await (await api.as("admin")).call("catalog.loinc", { q: "potassium serum" }, "query");
    expect(JSON.stringify(body)).toContain("2823-3");
  });

  const essence = new URL("../../../../../../shared/data/ucum/ucum-essence.xml", import.meta.url);
  it.skipIf(!existsSync(essence))("hold all units of UCUM 2.2", () => {
    const units = readUcumFile(readFileSync(essence, "utf8"));
    expect(units.length).toBe(312);
    expect(units.find(({ code }) => code === "mol")).toMatchObject({ name: "mole" });
  });
});
