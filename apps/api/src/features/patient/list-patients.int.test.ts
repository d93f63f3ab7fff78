import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, startApi } from "../../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
  for (const lastName of ["Doe", "Doe", "Doe", "Roe", "Poe"]) await register({ ...jane, lastName });
});
afterAll(() => api?.close());

const jane = { firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-31", gender: "female" };
const nobody = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11";
const pathsOf = (answer: Answer) => (answer.body.errors as unknown as { path: string }[]).map(({ path }) => path);
let ssnTaken = 0;
/** A number nobody in this file has yet. */
const newSsn = () => `234-56-${String(++ssnTaken).padStart(4, "0")}`;

async function register(
  body: object = jane,
): Promise<{ id: string; mrn: string; version: number; ssn: string | null }> {
  const answer = await (await api.as("doctor")).post("/patients/", body);
  expect(answer.status, answer.text).toBe(201);
  return answer.body as never;
}

describe("listing", () => {
  it.each(["name", "mrn", "dateOfBirth", "createdAt"] as const)(
    "shows everybody once, page by page, sorted by %s either way",
    async (sort) => {
      const nurse = await api.as("nurse");
      const walk = async (direction: string, limit: number) => {
        const ids: string[] = [];
        let cursor: string | null = null;
        do {
          const answer: Answer = await nurse.get(
            `/patients/?sort=${sort}&direction=${direction}&limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`,
          );
          expect(answer.status, answer.text).toBe(200);
          ids.push(...(answer.body.items as unknown as { id: string }[]).map(({ id }) => id));
          cursor = answer.body.nextCursor as string | null;
        } while (cursor);
        return ids;
      };
      const up = await walk("asc", 7);
      expect(new Set(up).size).toBe(up.length);
      expect(up.length).toBe(
        (
          await api.owner.query("SELECT count(*)::int AS n FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL", [
            api.home.id,
          ])
        ).rows[0].n,
      );
      expect(await walk("desc", 100)).toEqual(up.toReversed());
    },
  );

  it("filters by gender and refuses a sort it does not know", async () => {
    await register({ ...jane, gender: "other" });
    const nurse = await api.as("nurse");
    const genders = (await nurse.get("/patients/?gender=other")).body.items as unknown as { gender: string }[];
    expect(new Set(genders.map(({ gender }) => gender))).toEqual(new Set(["other"]));
    expect(pathsOf(await nurse.get("/patients/?sort=ssn"))).toEqual(["sort"]);
  });

  it("refuses a cursor that is forged, of another list, or of another search", async () => {
    const nurse = await api.as("nurse");
    const cursor = String((await nurse.get("/patients/?limit=1")).body.nextCursor);
    expect((await nurse.get(`/patients/?limit=1&cursor=${cursor}`)).status).toBe(200);
    const forged = Buffer.from(JSON.stringify(["a", nobody])).toString("base64url");
    for (const path of [
      `/patients/?cursor=${forged}`,
      `/patients/?sort=mrn&cursor=${cursor}`,
      `/patients/search/?q=doe&cursor=${cursor}`,
    ]) {
      const answer = await nurse.get(path);
      expect([answer.status, pathsOf(answer)]).toEqual([400, ["cursor"]]);
    }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.base64String({ minLength: 1, maxLength: 200 }), fc.string({ minLength: 1, maxLength: 200 })),
        async (text) => {
          expect((await nurse.call("patient.list", { cursor: text })).status).toBe(400);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("holds no name in a cursor", async () => {
    await register({ ...jane, lastName: "Aaaaardvark" });
    const nurse = await api.as("nurse");
    const cursor = String((await nurse.get("/patients/?limit=1")).body.nextCursor);
    expect(Buffer.from(cursor, "base64url").toString("latin1")).not.toContain("aardvark");
  });

  it("leaves one entry that says whom it showed, and of a search never the text", async () => {
    const { id } = await register({ ...jane, lastName: "Unmistakable" });
    await (await api.as("nurse")).post("/patients/search/", { q: "unmistakable 1980-01-31" });
    const { rows } = await api.owner.query(
      "SELECT after FROM audit_entry WHERE action = 'patient.search' ORDER BY at DESC, id DESC LIMIT 1",
    );
    expect(rows[0].after).toEqual({ searchedFor: "name, birth date", patientIds: [id] });
    await (await api.as("nurse")).get("/patients/?limit=2");
    const list = await api.owner.query(
      "SELECT after FROM audit_entry WHERE action = 'patient.list' ORDER BY at DESC, id DESC LIMIT 1",
    );
    expect(list.rows[0].after).toMatchObject({ sort: "name", direction: "asc" });
    expect(list.rows[0].after.patientIds).toHaveLength(2);
  });
});

describe("looking for duplicates", () => {
  it("warns of the same SSN, the same name and birth date, similar ones, and the same phone with a similar name", async () => {
    const ssn = newSsn();
    const { mrn } = await register({
      firstName: "Renée",
      lastName: "Fitzgerald",
      dateOfBirth: "1969-09-19",
      gender: "female",
      phone: "+1 555 444 3322",
      ssn,
    });
    const doctor = await api.as("doctor");
    const matches = async (input: object) => {
      const answer = await doctor.call("patient.duplicates", input);
      const { items } = (answer.body.result as unknown as { data: { items: { mrn: string; matches: string[] }[] } })
        .data;
      return items.filter((item) => item.mrn === mrn).flatMap((item) => item.matches);
    };
    const other = { firstName: "Zora", lastName: "Quill" };
    expect(await matches({ ...other, ssn })).toEqual(["ssn"]);
    expect(await matches({ firstName: "renee", lastName: "FITZGERALD", dateOfBirth: "1969-09-19" })).toEqual([
      "name-and-birth-date",
    ]);
    expect(await matches({ firstName: "Fitzgerald", lastName: "Renee", dateOfBirth: "1969-09-19" })).toEqual([
      "name-and-birth-date",
    ]);
    expect(await matches({ firstName: "Rene", lastName: "Fitzgerld", dateOfBirth: "1969-09-19" })).toEqual([
      "similar-name-and-birth-date",
    ]);
    expect(await matches({ firstName: "Renee", lastName: "Fitzgerald", phone: "555-444-3322" })).toEqual([
      "phone-and-name",
    ]);
    expect(await matches({ ...other, phone: "555-444-3322" })).toEqual([]);
    expect(await matches({ ...other, dateOfBirth: "1969-09-19" })).toEqual([]);
    expect(await matches({ firstName: "", lastName: "" })).toEqual([]);
  });
});
