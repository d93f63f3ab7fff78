import { encounterMoves, encounterStatuses } from "@infirmary/shared/encounter";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { planVisit, visitInConsult, wellVitals } from "../../../test/visit.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const unknown = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8aff";

describe("planning a visit", () => {
  it("answers it planned, with its patient and reason, which stands sealed in the database", async () => {
    const patient = await registerPatient(api);
    const answer = await (await api.as("nurse")).post("/encounters/", {
      patientId: patient.id,
      reason: "Seen with her brother Quentin",
      scheduledAt: "2026-11-02T08:00:00Z",
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      patientId: patient.id,
      reason: "Seen with her brother Quentin",
      status: "PLANNED",
      scheduledAt: "2026-11-02T08:00:00.000Z",
      version: 1,
    });
    const { rows } = await api.owner.query("SELECT to_jsonb(e)::text AS row FROM encounter e WHERE id = $1", [
      answer.body.id,
    ]);
    expect(rows[0].row).not.toContain("Quentin");
    const { rows: audits } = await api.owner.query(
      "SELECT after::text FROM audit_entry WHERE action = 'encounter.create'",
    );
    expect(JSON.stringify(audits)).not.toContain("Quentin");
  });

  it("marks an unknown patient, a place one does not work at, somebody who is no doctor there, and unknown fields", async () => {
    const patient = await registerPatient(api);
    const nurse = await api.as("nurse");
    const post = (changes: object) => nurse.post("/encounters/", { patientId: patient.id, reason: "x", ...changes });
    const paths = async (changes: object) =>
      ((await post(changes)).body.errors as { path: string }[])?.map(({ path }) => path);
    expect((await post({ patientId: unknown })).status).toBe(404);
    expect(await paths({ facilityId: api.home.secondFacilityId })).toEqual(["facilityId"]);
    expect(await paths({ providerId: api.people.nurse.id })).toEqual(["providerId"]);
    expect(await paths({ scheduledAt: "tomorrow" })).toEqual(["scheduledAt"]);
    expect(await paths({ status: "COMPLETED" })).toEqual(["status"]);
    expect(await paths({ reason: " " })).toEqual(["reason"]);
  });
});

describe("the way of a visit", () => {
  it("goes planned, arrived, triaged, in consultation by the people whose steps they are, and keeps the times", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    const [nurse, doctor] = [await api.as("nurse"), await api.as("doctor")];
    expect((await nurse.post(`/encounters/${id}/check-in/`, {})).body).toMatchObject({ status: "ARRIVED", version: 2 });
    expect((await nurse.post(`/encounters/${id}/vitals/`, wellVitals)).status).toBe(201);
    expect((await nurse.get(`/encounters/${id}/`)).body).toMatchObject({
      status: "TRIAGED",
      earlyWarning: { kind: "NEWS2", score: 0, risk: "low" },
    });
    expect((await nurse.post(`/encounters/${id}/start-consult/`, {})).status).toBe(403);
    const consult = await doctor.post(`/encounters/${id}/start-consult/`, {});
    expect(consult.body).toMatchObject({ status: "IN_CONSULT", providerId: api.people.doctor.id });
    expect([consult.body.arrivedAt, consult.body.triagedAt, consult.body.consultStartedAt]).not.toContain(null);
    const assessed = await doctor.post(`/encounters/${id}/assessment/`, { assessment: "Viral bronchitis" });
    expect(assessed.body).toMatchObject({ assessment: "Viral bronchitis" });
    expect((await doctor.post(`/encounters/${id}/plan/`, { plan: "Fluids\nRest" })).body).toMatchObject({
      plan: "Fluids\nRest",
    });
  });

  it("has exactly the steps of its table", () => {
    const pairs = Object.entries(encounterMoves).flatMap(([from, to]) =>
      Object.keys(to).map((next) => `${from} ${next}`),
    );
    expect(pairs).toEqual([
      "PLANNED ARRIVED",
      "PLANNED CANCELLED",
      "ARRIVED TRIAGED",
      "ARRIVED IN_CONSULT",
      "ARRIVED CANCELLED",
      "TRIAGED IN_CONSULT",
      "TRIAGED CANCELLED",
      "IN_CONSULT COMPLETED",
    ]);
    expect(Object.keys(encounterMoves)).toEqual(encounterStatuses.options);
  });

  it("refuses a step that is not in the table with 409 and changes nothing", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    const [nurse, doctor] = [await api.as("nurse"), await api.as("doctor")];
    for (const answer of [
      await doctor.post(`/encounters/${id}/start-consult/`, {}),
      await doctor.post(`/encounters/${id}/assessment/`, { assessment: "x" }),
      await nurse.post(`/encounters/${id}/vitals/`, wellVitals),
    ])
      expect([answer.status, answer.body.code]).toEqual([409, "wrong-transition"]);
    expect((await nurse.get(`/encounters/${id}/`)).body).toMatchObject({ status: "PLANNED", version: 1 });
    await nurse.post(`/encounters/${id}/check-in/`, {});
    expect((await nurse.post(`/encounters/${id}/check-in/`, {})).status).toBe(409);
  });

  it("ends with a cancellation and its reason; after it nothing is written any more", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    const nurse = await api.as("nurse");
    expect((await nurse.post(`/encounters/${id}/cancel/`, {})).status).toBe(400);
    expect((await nurse.post(`/encounters/${id}/cancel/`, { reason: "Called off" })).body).toMatchObject({
      status: "CANCELLED",
      cancelReason: "Called off",
    });
    for (const path of ["check-in", "cancel", "vitals"]) {
      const answer = await nurse.post(
        `/encounters/${id}/${path}/`,
        path === "vitals" ? wellVitals : path === "cancel" ? { reason: "x" } : {},
      );
      expect([answer.status, answer.body.code], path).toEqual([409, "encounter-closed"]);
    }
  });

  it("refuses a stale version with the present record, and the audit keeps that it was shown", async () => {
    const patient = await registerPatient(api);
    const { id } = await visitInConsult(api, patient);
    const stale = await (await api.as("doctor")).post(`/encounters/${id}/plan/`, { plan: "x", version: 1 });
    expect([stale.status, stale.body.code]).toEqual([409, "stale-version"]);
    expect(stale.body.current).toMatchObject({ id, status: "IN_CONSULT" });
    const { rows } = await api.owner.query(
      "SELECT outcome FROM audit_entry WHERE entity_id = $1 AND action = 'encounter.plan'",
      [id],
    );
    expect(rows).toEqual([{ outcome: "failed" }]);
  });

  it("is taken once by two doctors who start at the same time", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    await (await api.as("nurse")).post(`/encounters/${id}/check-in/`, {});
    const doctor = await api.as("doctor");
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => doctor.post(`/encounters/${id}/start-consult/`, {})),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
  });
});

describe("who may see and write visits", () => {
  it("answers another organisation as if there were none", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    const other = await api.as("otherDoctor");
    for (const answer of [
      await other.get(`/encounters/${id}/`),
      await other.post(`/encounters/${id}/check-in/`, {}),
      await other.post("/encounters/", { patientId: patient.id, reason: "x" }),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, "not-found"]);
    expect((await other.get("/encounters/")).body.items).toEqual([]);
  });

  it("is nobody's who is not signed in, and not the laboratory's or the billing's", async () => {
    expect((await api.anonymous.get("/encounters/")).status).toBe(401);
    for (const role of ["lab_technician", "billing_clerk", "admin"] as const)
      expect((await (await api.as(role)).get("/encounters/")).status, role).toBe(403);
  });

  it("refuses a change at a place where the person does not work", async () => {
    const patient = await registerPatient(api);
    const { id } = await planVisit(api, patient);
    await api.owner.query("UPDATE encounter SET facility_id = $2 WHERE id = $1", [id, api.home.secondFacilityId]);
    const answer = await (await api.as("nurse")).post(`/encounters/${id}/check-in/`, {});
    expect([answer.status, answer.body.code]).toEqual([403, "not-allowed"]);
  });
});

describe("the list of visits", () => {
  it("pages by planned time both ways, by patient, state and doctor, and audits whom it showed", async () => {
    const patient = await registerPatient(api);
    const nurse = await api.as("nurse");
    for (const day of [3, 1, 5, 2, 4])
      await planVisit(api, patient, { scheduledAt: `2026-12-0${day}T09:00:00Z`, providerId: api.people.doctor.id });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await nurse.get(
        `/encounters/?patientId=${patient.id}&sort=planned&limit=2${cursor ? `&cursor=${cursor}` : ""}`,
      );
      seen.push(...(body.items as { scheduledAt: string }[]).map(({ scheduledAt }) => scheduledAt.slice(9, 10)));
      cursor = body.nextCursor as string | null;
    } while (cursor);
    expect(seen).toEqual(["1", "2", "3", "4", "5"]);
    const doctor = await api.as("doctor");
    const mine = await doctor.get(
      `/encounters/?mine=true&status=PLANNED&from=2026-12-02T00:00:00Z&to=2026-12-04T00:00:00Z`,
    );
    expect((mine.body.items as { scheduledAt: string }[]).map(({ scheduledAt }) => scheduledAt.slice(9, 10))).toEqual([
      "3",
      "2",
    ]);
    const { rows } = await api.owner.query(
      "SELECT after FROM audit_entry WHERE action = 'encounter.list' AND patient_id = $1 LIMIT 1",
      [patient.id],
    );
    expect(rows[0].after).toEqual({ patientIds: [patient.id] });
  });
});
