import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { planVisit, visitInConsult } from "../../../test/visit.ts";
import { loadCodes } from "./load-codes.ts";
import { readCodeFile } from "./read-code-file.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Coded = { code: string; title: string };
const search = async (q: string, role: "doctor" | "nurse" = "doctor") =>
  (await (await api.as(role)).get(`/diagnosis-codes/?q=${encodeURIComponent(q)}`)).body.items as Coded[];
const codesOf = (items: Coded[]) => items.map(({ code }) => code);

describe("the search for a diagnosis", () => {
  it("finds by the beginning of a code with and without its dot, of words in any order, and by what people call it", async () => {
    expect(codesOf(await search("e119"))).toEqual(["E11.9"]);
    expect(codesOf(await search("E11.6"))).toEqual(["E11.649", "E11.65"]);
    expect(codesOf(await search("hypert essen"))).toEqual(["I10"]);
    expect(codesOf(await search("heart attack"))).toEqual(expect.arrayContaining(["I21.9", "I21.4", "I21.3"]));
    expect(codesOf(await search("high blood pressure"))).toEqual(["I10"]);
    expect(codesOf(await search("uti"))).toEqual(expect.arrayContaining(["N39.0", "N30.00"]));
    expect(await search("zzzz")).toEqual([]);
  });

  it("takes anything a keyboard can type", async () => {
    for (const q of ["'", "& | !", ":*", "%", "(", "\\", "<->", "ä ö", "a".repeat(100)])
      expect((await (await api.as("doctor")).get(`/diagnosis-codes/?q=${encodeURIComponent(q)}`)).status, q).toBe(200);
  });

  it("gives a person's last ones, each once, for nothing typed; favourites are kept and dropped", async () => {
    const doctor = await api.as("doctor");
    const { id } = await visitInConsult(api, await registerPatient(api));
    for (const [code, rank] of [
      ["J00", "primary"],
      ["I10", "secondary"],
      ["J00", "secondary"],
    ])
      await doctor.post(`/encounters/${id}/diagnoses/`, { code, rank });
    expect(codesOf(await search("")).slice(0, 2)).toEqual(["I10", "J00"]);
    expect(await search("", "nurse")).toEqual([]);
    const favourites = async () =>
      codesOf(((await doctor.call("diagnosis.favourites")).body.result as { data: { items: Coded[] } }).data.items);
    await doctor.call("diagnosis.keepFavourite", { code: "e11.9", isKept: true });
    expect(await favourites()).toEqual(["E11.9"]);
    await doctor.call("diagnosis.keepFavourite", { code: "E11.9", isKept: false });
    expect(await favourites()).toEqual([]);
  });
});

describe("an edition of the classification", () => {
  it("is taken in as the application's own role: new codes, changed titles; synonyms and old codes stay", async () => {
    const codes = [
      { code: "Z99.89", title: "Dependence on enabling machines and devices", isBillable: true },
      { code: "I21.9", title: "Acute myocardial infarction, unspecified (new words)", isBillable: true },
      { code: "I21", title: "Acute myocardial infarction", isBillable: false },
    ];
    const load = () => api.platform.database.pool.transaction("BEGIN", (connection) => loadCodes(connection, codes));
    expect([await load(), await load()]).toEqual([3, 3]);
    expect(codesOf(await search("enabling mach"))).toEqual(["Z99.89"]);
    expect(codesOf(await search("heart attack"))).toContain("I21.9");
    expect((await search("I21.9"))[0]?.title).toContain("new words");
    expect(codesOf(await search("hypert essen"))).toEqual(["I10"]);
  });

  const official = new URL("../../../../../../shared/data/icd10/icd10cm-2022.csv", import.meta.url);
  it.skipIf(!existsSync(official))(
    "of 95,000 codes is searched quickly enough to type along",
    { timeout: 120_000 },
    async () => {
      await api.platform.database.pool.transaction("BEGIN", (connection) =>
        loadCodes(connection, readCodeFile(readFileSync(official, "utf8"))),
      );
      await api.owner.query("ANALYZE diagnosis_code");
      const words = [
        "frac",
        "fracture femur",
        "diab",
        "e11",
        "s72",
        "pain",
        "unspecified",
        "heart fail",
        "left",
        "infection",
        "zz",
        "in",
        "acute",
        "open wound",
      ];
      const times: number[] = [];
      for (let round = 0; round < 10; round++)
        for (const word of words) {
          const from = performance.now();
          await search(word);
          times.push(performance.now() - from);
        }
      const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;
      console.error(`search of ${words.length} texts over all codes: p95 ${p95.toFixed(1)} ms`);
      expect(p95).toBeLessThan(200);
    },
  );
});

describe("the diagnoses of a visit", () => {
  it("have one primary: the next one makes it secondary, a repeated code takes the new rank", async () => {
    const doctor = await api.as("doctor");
    const { id } = await visitInConsult(api, await registerPatient(api));
    const add = async (code: string, rank: string) =>
      (
        (await doctor.post(`/encounters/${id}/diagnoses/`, { code, rank })).body.diagnoses as {
          code: string;
          rank: string;
        }[]
      ).map((diagnosis) => `${diagnosis.code} ${diagnosis.rank}`);
    expect(await add("J20.9", "primary")).toEqual(["J20.9 primary"]);
    expect(await add("i10", "primary")).toEqual(["I10 primary", "J20.9 secondary"]);
    expect(await add("J20.9", "primary")).toEqual(["J20.9 primary", "I10 secondary"]);
  });

  it("are withdrawn without a trace on the visit, and kept in the database", async () => {
    const doctor = await api.as("doctor");
    const { id } = await visitInConsult(api, await registerPatient(api));
    const { body } = await doctor.post(`/encounters/${id}/diagnoses/`, { code: "J20.9", rank: "primary" });
    const [diagnosis] = body.diagnoses as { id: string }[];
    const after = await doctor.delete(`/encounters/${id}/diagnoses/${diagnosis?.id}/`);
    expect([after.status, after.body.diagnoses]).toEqual([200, []]);
    expect((await doctor.delete(`/encounters/${id}/diagnoses/${diagnosis?.id}/`)).status).toBe(404);
    const { rows } = await api.owner.query(
      "SELECT withdrawn_at IS NOT NULL AS gone FROM encounter_diagnosis WHERE id = $1",
      [diagnosis?.id],
    );
    expect(rows).toEqual([{ gone: true }]);
  });

  it("refuse an unknown code, a nurse, a visit that is not in consultation, another organisation, a stale version", async () => {
    const patient = await registerPatient(api);
    const { id } = await visitInConsult(api, patient);
    const body = { code: "J20.9", rank: "primary" };
    const doctor = await api.as("doctor");
    const unknown = await doctor.post(`/encounters/${id}/diagnoses/`, { ...body, code: "Q99.Z" });
    expect([unknown.status, (unknown.body.errors as { path: string }[])[0]?.path]).toEqual([400, "code"]);
    expect((await (await api.as("nurse")).post(`/encounters/${id}/diagnoses/`, body)).status).toBe(403);
    expect((await (await api.as("otherDoctor")).post(`/encounters/${id}/diagnoses/`, body)).status).toBe(404);
    expect((await api.anonymous.post(`/encounters/${id}/diagnoses/`, body)).status).toBe(401);
    expect((await doctor.post(`/encounters/${id}/diagnoses/`, { ...body, version: 1 })).body.code).toBe(
      "stale-version",
    );
    const planned = await planVisit(api, patient);
    expect((await doctor.post(`/encounters/${planned.id}/diagnoses/`, body)).body.code).toBe("wrong-transition");
  });

  it("leave one primary when many are written at once", async () => {
    const doctor = await api.as("doctor");
    const { id } = await visitInConsult(api, await registerPatient(api));
    const codes = ["J20.9", "I10", "E11.9", "J00", "K21.9", "M54.50"];
    await Promise.all(codes.map((code) => doctor.post(`/encounters/${id}/diagnoses/`, { code, rank: "primary" })));
    const { body } = await doctor.get(`/encounters/${id}/`);
    const ranks = (body.diagnoses as { rank: string }[]).map(({ rank }) => rank);
    expect(ranks).toEqual(["primary", ...Array<string>(5).fill("secondary")]);
  });
});

describe("the problem list", () => {
  it("outlives the visit, takes a code once, is resolved and opened again", async () => {
    const doctor = await api.as("doctor");
    const patient = await registerPatient(api);
    const add = () => doctor.post(`/patients/${patient.id}/problems/`, { code: "I10", onsetDate: "2019-05-01" });
    const added = await add();
    expect([added.status, added.body.status, added.body.onsetDate]).toEqual([201, "ACTIVE", "2019-05-01"]);
    expect((await add()).body.code).toBe("already-exists");
    const stale = await doctor.post(`/problems/${added.body.id}/resolve/`, { version: 9 });
    expect(stale.body.code).toBe("stale-version");
    expect((await doctor.post(`/problems/${added.body.id}/resolve/`, { version: 1 })).body).toMatchObject({
      status: "RESOLVED",
      version: 2,
    });
    expect((await doctor.call("problem.reopen", { id: added.body.id })).status).toBe(200);
    const list = await (await api.as("nurse")).get(`/patients/${patient.id}/problems/`);
    expect((list.body.items as { status: string }[]).map(({ status }) => status)).toEqual(["ACTIVE"]);
  });

  it("refuses an onset before the birth, another patient's visit, a nurse and another organisation", async () => {
    const [patient, stranger] = [await registerPatient(api), await registerPatient(api)];
    const visit = await planVisit(api, stranger);
    const doctor = await api.as("doctor");
    const path = async (changes: object) =>
      (
        (await doctor.post(`/patients/${patient.id}/problems/`, { code: "I10", ...changes })).body.errors as {
          path: string;
        }[]
      )[0]?.path;
    expect(await path({ onsetDate: "1979-12-31" })).toBe("onsetDate");
    expect(await path({ onsetDate: "2999-01-01" })).toBe("onsetDate");
    expect(await path({ encounterId: visit.id })).toBe("encounterId");
    expect((await (await api.as("nurse")).post(`/patients/${patient.id}/problems/`, { code: "I10" })).status).toBe(403);
    expect((await (await api.as("otherDoctor")).get(`/patients/${patient.id}/problems/`)).status).toBe(404);
  });
});
