import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { visitInConsult } from "../../../test/visit.ts";

let api: Api;
let patient: { id: string };
beforeAll(async () => {
  api = await startApi();
  patient = await registerPatient(api);
});
afterAll(() => api.close());

const note = { subjective: "Cough", assessment: "Bronchitis", plan: "Rest" };
type Version = {
  number: number;
  hash: string;
  isIntact: boolean;
  sections: Record<string, string>;
  supersedes: number;
};

async function begin(changes: Record<string, unknown> = {}): Promise<Answer> {
  const doctor = await api.as("doctor");
  return doctor.post("/documents/", { patientId: patient.id, kind: "SOAP", sections: note, ...changes });
}
async function signed(): Promise<string> {
  const { body } = await begin();
  const doctor = await api.as("doctor");
  const answer = await doctor.post(`/documents/${body.id}/sign/`, { draftVersion: 1, meaning: "author" });
  if (answer.status !== 200) throw new Error(answer.text);
  return String(body.id);
}

describe("a draft", () => {
  it("is saved on the server, sealed, part by part, and read again by whoever opens the document", async () => {
    const { status, body } = await begin();
    expect([status, body.status]).toEqual([201, "DRAFT"]);
    const doctor = await api.as("doctor");
    const saved = await doctor.put(`/documents/${body.id}/draft/`, {
      draftVersion: 1,
      sections: { plan: "Rest and fluids" },
    });
    expect(saved.body.draft).toMatchObject({ version: 2, sections: { ...note, plan: "Rest and fluids" } });
    const again = await (await api.as("nurse")).get(`/documents/${body.id}/`);
    expect(again.body.draft).toEqual(saved.body.draft);
    const { rows } = await api.owner.query("SELECT content_sealed FROM document_draft WHERE document_id = $1", [
      body.id,
    ]);
    expect(rows[0].content_sealed.toString("latin1")).not.toContain("Bronchitis");
  });

  it("refuses a saving that goes on from an older one and shows what is there, so that two windows lose nothing", async () => {
    const { body } = await begin();
    const [doctor, nurse] = [await api.as("doctor"), await api.as("nurse")];
    const save = (client: typeof doctor, plan: string) =>
      client.put(`/documents/${body.id}/draft/`, { draftVersion: 1, sections: { plan } });
    const both = await Promise.all([save(doctor, "one"), save(nurse, "two")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [kept, refused] = both[0]?.status === 200 ? both : both.toReversed();
    expect(refused?.body).toMatchObject({ code: "stale-version", current: { draft: kept?.body.draft } });
    const looks = await api.owner.query(
      "SELECT patient_id, outcome FROM audit_entry WHERE entity_id = $1 AND action = 'document.save-draft' AND outcome = 'failed'",
      [body.id],
    );
    expect(looks.rows).toEqual([{ patient_id: patient.id, outcome: "failed" }]);
  });

  it("takes only parts of its template, of the patient of the tab, and text without control characters", async () => {
    const { body } = await begin();
    const doctor = await api.as("doctor");
    const save = (changes: object) =>
      doctor.put(`/documents/${body.id}/draft/`, { draftVersion: 1, sections: {}, ...changes });
    const paths = async (changes: object) =>
      ((await save(changes)).body.errors as { path: string }[]).map(({ path }) => path);
    expect(await paths({ sections: { diet: "x" } })).toEqual(["sections.diet"]);
    expect(await paths({ sections: { plan: "\u0007" } })).toEqual(["sections.plan"]);
    expect(await paths({ sections: { plan: "x".repeat(20_001) } })).toEqual(["sections.plan"]);
    expect(await paths({ patientId: (await registerPatient(api)).id })).toEqual(["patientId"]);
    expect((await begin({ kind: "POEM" })).status).toBe(400);
    expect((await begin({ sections: { diet: "x" } })).status).toBe(400);
  });

  it("is put away and brought back whole, and out of the lists meanwhile", async () => {
    const { body } = await begin({ kind: "CERTIFICATE", sections: { statement: "Fit for work" } });
    const doctor = await api.as("doctor");
    const listed = async () =>
      ((await doctor.get(`/documents/?patientId=${patient.id}&kind=CERTIFICATE`)).body.items as unknown[]).length;
    expect(await listed()).toBe(1);
    expect((await doctor.post(`/documents/${body.id}/discard-draft/`, {})).body).toMatchObject({
      status: "DISCARDED",
      draft: null,
    });
    expect(await listed()).toBe(0);
    expect((await doctor.post(`/documents/${body.id}/discard-draft/`, {})).body.code).toBe("wrong-transition");
    expect((await doctor.post(`/documents/${body.id}/restore-draft/`, {})).body.draft).toEqual(body.draft);
    expect((await doctor.post(`/documents/${body.id}/restore-draft/`, {})).body.code).toBe("wrong-transition");
  });
});

describe("a signature", () => {
  it("takes a recent proof, what was read, the needed parts, and the right meaning", async () => {
    const { body } = await begin({ sections: { subjective: "Cough" } });
    const doctor = await api.as("doctor");
    const sign = (changes: object = {}) =>
      doctor.post(`/documents/${body.id}/sign/`, { draftVersion: 1, meaning: "author", ...changes });
    expect((await sign()).body).toMatchObject({ code: "validation-failed", detail: "Still empty: Assessment, Plan." });
    await doctor.put(`/documents/${body.id}/draft/`, { draftVersion: 1, sections: note });
    expect((await sign()).body.code).toBe("stale-version");
    api.setClock(new Date(Date.now() + 6 * 60_000));
    expect((await sign({ draftVersion: 2 })).body.code).toBe("reauthentication-required");
    api.setClock(null);
    const nurses = await (await api.as("nurse")).post("/documents/", {
      patientId: patient.id,
      kind: "SOAP",
      sections: note,
    });
    const foreignText = `/documents/${nurses.body.id}/sign/`;
    expect((await doctor.post(foreignText, { draftVersion: 1, meaning: "author" })).status).toBe(400);
    const taken = await doctor.post(foreignText, { draftVersion: 1, meaning: "responsible" });
    expect(taken.body).toMatchObject({ status: "SIGNED", current: { meaning: "responsible", isIntact: true } });
    expect((await sign({ draftVersion: 2 })).body).toMatchObject({ status: "SIGNED", number: 1, draft: null });
  });

  it("ends all change: by the API and by the database, its owner included", async () => {
    const id = await signed();
    const doctor = await api.as("doctor");
    expect((await doctor.put(`/documents/${id}/draft/`, { draftVersion: 1, sections: note })).body.code).toBe(
      "wrong-transition",
    );
    const slip = (sql: string) => expect(api.owner.query(sql, [id])).rejects.toThrow(/append-only/);
    await slip("UPDATE document_version SET meaning = 'responsible' WHERE document_id = $1");
    await slip("DELETE FROM document_version WHERE document_id = $1");
    const rights = await api.owner.query(
      "SELECT has_column_privilege('infirmary_app', 'document', 'patient_id', 'UPDATE') AS moves, has_table_privilege('infirmary_app', 'document_version', 'UPDATE, DELETE') AS changes",
    );
    expect(rights.rows).toEqual([{ moves: false, changes: false }]);
  });

  it("is found broken where somebody went around all of that, and stands in the audit log", async () => {
    const id = await signed();
    const doctor = await api.as("doctor");
    const before = await doctor.get(`/documents/${id}/versions/`);
    const [version] = before.body.items as Version[];
    const { rows } = await api.owner.query(
      "SELECT after FROM audit_entry WHERE entity_id = $1 AND action = 'document.sign'",
      [id],
    );
    expect(rows[0].after).toMatchObject({ hash: version?.hash, number: 1, meaning: "author" });
    await api.owner.query("ALTER TABLE document_version DISABLE TRIGGER append_only");
    await api.owner.query("UPDATE document_version SET meaning = 'responsible' WHERE document_id = $1", [id]);
    await api.owner.query("ALTER TABLE document_version ENABLE TRIGGER append_only");
    expect((await doctor.get(`/documents/${id}/`)).body.current).toMatchObject({ isIntact: false });
  });
});

describe("an amendment and an addendum", () => {
  it("are new versions that name what they take the place of, with a reason; the one in force stays until they are signed", async () => {
    const id = await signed();
    const doctor = await api.as("doctor");
    const amend = (body: object) => doctor.post(`/documents/${id}/amend/`, body);
    const amending = await amend({ kind: "amendment", number: 1, reason: "Wrong diagnosis" });
    expect(amending.body).toMatchObject({ number: 1, draft: { number: 2, kind: "amendment", sections: note } });
    expect((await amend({ kind: "addendum", number: 1, reason: "More" })).body.code).toBe("wrong-transition");
    await doctor.put(`/documents/${id}/draft/`, { draftVersion: 1, sections: { assessment: "Pneumonia" } });
    await doctor.post(`/documents/${id}/sign/`, { draftVersion: 2, meaning: "author" });
    expect((await amend({ kind: "addendum", number: 1, reason: "More" })).body.code).toBe("stale-version");
    await amend({ kind: "addendum", number: 2, reason: "Culture came back" });
    const frozen = await doctor.put(`/documents/${id}/draft/`, { draftVersion: 1, sections: { plan: "Other" } });
    expect(frozen.status).toBe(400);
    await doctor.put(`/documents/${id}/draft/`, { draftVersion: 1, sections: { "addendum-3": "Culture negative" } });
    await doctor.post(`/documents/${id}/sign/`, { draftVersion: 2, meaning: "author" });
    const { body } = await doctor.get(`/documents/${id}/versions/`);
    expect(body.items).toMatchObject([
      {
        number: 3,
        supersedes: 2,
        reason: "Culture came back",
        sections: { assessment: "Pneumonia", "addendum-3": "Culture negative" },
        isIntact: true,
      },
      { number: 2, supersedes: 1, reason: "Wrong diagnosis", sections: { assessment: "Pneumonia" }, isIntact: true },
      { number: 1, supersedes: null, reason: null, sections: note, isIntact: true },
    ]);
    expect(
      (await doctor.post(`/documents/${(await begin()).body.id}/amend/`, { kind: "addendum", number: 1, reason: "x" }))
        .body.code,
    ).toBe("wrong-transition");
  });
});

describe("the PDF", () => {
  it("of a version is the same bytes every time, also after the patient has another name, and there is none of a draft", async () => {
    const someone = await registerPatient(api);
    const doctor = await api.as("doctor");
    const { body } = await begin({
      patientId: someone.id,
      sections: { ...note, plan: "Ruhe für 3 Tage, 5 µg, مرحبا" },
    });
    expect((await doctor.get(`/documents/${body.id}/pdf/`)).status).toBe(404);
    await doctor.post(`/documents/${body.id}/sign/`, { draftVersion: 1, meaning: "author" });
    const print = () => doctor.get(`/documents/${body.id}/pdf/?number=1`);
    const first = await print();
    expect(first.headers).toMatchObject({
      "content-type": "application/pdf",
      "x-content-type-options": "nosniff",
      "content-disposition": expect.stringMatching(/^attachment; filename="soap-note-.*-v1\.pdf"/),
    });
    expect(first.text.startsWith("%PDF-1.")).toBe(true);
    await api.owner.query("UPDATE patient SET last_name = 'Married' WHERE id = $1", [someone.id]);
    expect((await print()).text).toBe(first.text);
    expect((await doctor.get(`/documents/${body.id}/pdf/?number=9`)).status).toBe(404);
  });
});

describe("a visit", () => {
  it("does not close over an unsigned note, whose signing stands on its timeline", async () => {
    const { id } = await visitInConsult(api, patient);
    const doctor = await api.as("doctor");
    const { body } = await begin({ encounterId: id });
    const open = async () =>
      ((await doctor.post(`/encounters/${id}/close/`, {})).body.blockers as { code: string; link: string }[]).find(
        ({ code }) => code === "unsigned-note",
      );
    expect(await open()).toMatchObject({
      title: "Not signed: SOAP note.",
      link: `/encounters/${id}?document=${body.id}`,
    });
    await doctor.post(`/documents/${body.id}/sign/`, { draftVersion: 1, meaning: "author" });
    expect(await open()).toBeUndefined();
    const { items } = (await doctor.get(`/encounters/${id}/timeline/?type=document`)).body as { items: object[] };
    expect(items).toMatchObject([
      { title: "SOAP note signed", link: `/encounters/${id}?document=${body.id}` },
      { title: "SOAP note begun" },
    ]);
    await doctor.post(`/encounters/${id}/close/`, { overrideReason: "Test" });
    expect((await begin({ encounterId: id })).body.code).toBe("encounter-closed");
    expect((await begin({ encounterId: id, patientId: (await registerPatient(api)).id })).status).toBe(400);
  });
});

describe("documents", () => {
  it("are listed by patient and visit, and those somebody has yet to sign by person", async () => {
    const doctor = await api.as("doctor");
    const mine = (await begin()).body.id;
    const { body } = await doctor.get("/documents/?toSign=true&limit=100");
    const ids = (body.items as { id: string }[]).map(({ id }) => id);
    expect(ids).toContain(mine);
    expect(ids).not.toContain(await signed());
    const first = await doctor.get(`/documents/?patientId=${patient.id}&limit=1`);
    const second = await doctor.get(`/documents/?patientId=${patient.id}&limit=1&cursor=${first.body.nextCursor}`);
    expect((first.body.items as { id: string }[])[0]?.id).not.toBe((second.body.items as { id: string }[])[0]?.id);
  });

  it("are a clinician's to write, a doctor's to sign, and nobody's of another organisation", async () => {
    const id = await signed();
    const draft = (await begin()).body.id;
    expect((await api.anonymous.get(`/documents/${id}/`)).status).toBe(401);
    expect((await (await api.as("lab_technician")).get(`/documents/${id}/`)).status).toBe(403);
    const nurse = await api.as("nurse");
    expect((await nurse.post(`/documents/${draft}/sign/`, { draftVersion: 1, meaning: "author" })).status).toBe(403);
    const other = await api.as("otherDoctor");
    for (const path of ["", "versions/", "pdf/"])
      expect((await other.get(`/documents/${id}/${path}`)).status).toBe(404);
    expect((await other.put(`/documents/${draft}/draft/`, { draftVersion: 1, sections: {} })).status).toBe(404);
    expect((await other.post("/documents/", { patientId: patient.id, kind: "SOAP" })).status).toBe(404);
  });
});
