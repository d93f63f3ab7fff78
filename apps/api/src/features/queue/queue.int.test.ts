import { board } from "@infirmary/shared/queue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { planVisit } from "../../../test/visit.ts";
import { newId } from "../../core/id.ts";

type Entry = { id: string; ticket: string; encounterId: string; version: number; status: string; priority: string };
let api: Api;
let triage: string;
let desk: string;
beforeAll(async () => {
  api = await startApi();
  const admin = await api.as("admin");
  const add = async (code: string, name: string) => {
    const { body } = await admin.post("/service-points/", { code, name });
    return (body.items as { id: string; code: string }[]).find((point) => point.code === code)?.id ?? "";
  };
  triage = await add("T", "Triage");
  desk = await add("D", "Desk 1");
});
afterAll(() => api.close());

const nurse = () => api.as("nurse");
const queue = async () => (await (await nurse()).get("/queue/")).body.items as Entry[];
/** A patient who has arrived and stands in the queue. */
const arrived = async (): Promise<Entry> => {
  const { id } = await planVisit(api, await registerPatient(api));
  const answer = await (await nurse()).post(`/encounters/${id}/check-in/`, {});
  if (answer.status !== 200) throw new Error(answer.text);
  const entry = (await queue()).find(({ encounterId }) => encounterId === id);
  if (!entry) throw new Error("The patient does not stand in the queue.");
  return entry;
};
const step = async (entry: Entry, input: object, role: Parameters<Api["as"]>[0] = "nurse") =>
  (await api.as(role)).put(`/queue/${entry.id}/`, { version: entry.version, ...input });
const empty = async () => {
  for (const entry of await queue()) await step(entry, { status: "LEFT" });
};

describe("the queue", () => {
  it("takes in who is checked in, under numbers that count up, in the transaction of the arrival", async () => {
    const [first, second] = [await arrived(), await arrived()];
    expect(Number(second.ticket.slice(1)) - Number(first.ticket.slice(1))).toBe(1);
    expect([first.status, first.priority]).toEqual(["WAITING", "ROUTINE"]);
    const { rows } = await api.owner.query(
      "SELECT count(DISTINCT q.xmin::text) = 1 AND bool_and(q.xmin = e.xmin) AS together FROM queue_entry q JOIN encounter e ON e.id = q.encounter_id WHERE q.id = $1",
      [first.id],
    );
    expect(rows[0].together).toBe(true);
  });

  it("gives each of twenty who arrive at once a number of their own", async () => {
    const visits = await Promise.all(
      Array.from({ length: 20 }, async () => planVisit(api, await registerPatient(api))),
    );
    const client = await nurse();
    const answers = await Promise.all(visits.map(({ id }) => client.post(`/encounters/${id}/check-in/`, {})));
    expect(answers.map(({ status }) => status)).toEqual(visits.map(() => 200));
    const tickets = (await queue()).map(({ ticket }) => ticket);
    expect(new Set(tickets).size).toBe(tickets.length);
  });

  it("calls by priority, then by who has waited longest, and two calls at once get two patients", async () => {
    await empty();
    const [first, second, third] = [await arrived(), await arrived(), await arrived()];
    await step(third, { priority: "URGENT" });
    expect((await queue()).map(({ id }) => id)).toEqual([third.id, first.id, second.id]);
    const client = await nurse();
    const next = async (servicePointId: string) =>
      (await client.post("/queue/next/", { servicePointId })).body.entry as Entry | null;
    const called = await Promise.all([next(triage), next(desk)]);
    expect(new Set(called.map((entry) => entry?.id))).toEqual(new Set([third.id, first.id]));
    await step(second, { servicePointId: desk });
    expect(await next(triage)).toBeNull();
    expect(await next(desk)).toMatchObject({ id: second.id, status: "CALLED", servicePointName: "Desk 1" });
  });

  it("sends on, lets go when the doctor begins, and when the visit is cancelled", async () => {
    await empty();
    const [first, second] = [await arrived(), await arrived()];
    expect((await step(first, { status: "CALLED" })).status).toBe(400);
    const called = (await step(first, { status: "CALLED", servicePointId: triage })).body as unknown as Entry;
    const sent = (await step(called, { status: "WAITING", servicePointId: desk })).body;
    expect(sent).toMatchObject({ status: "WAITING", servicePointName: "Desk 1", calledAt: null });
    await (await api.as("doctor")).post(`/encounters/${first.encounterId}/start-consult/`, {});
    await (await nurse()).post(`/encounters/${second.encounterId}/cancel/`, { reason: "Went home" });
    expect(await queue()).toEqual([]);
    const { rows } = await api.owner.query("SELECT status FROM queue_entry WHERE id = ANY ($1) ORDER BY ticket", [
      [first.id, second.id],
    ]);
    expect(rows.map(({ status }) => status)).toEqual(["SERVED", "LEFT"]);
    expect((await step({ ...first, version: 4 }, { status: "WAITING" })).body.code).toBe("wrong-transition");
  });

  it("takes a step back for who took it, within a minute, once", async () => {
    await empty();
    const entry = await arrived();
    const called = (await step(entry, { status: "CALLED", servicePointId: triage })).body as unknown as Entry;
    const undo = async (version: number, role: Parameters<Api["as"]>[0] = "nurse") =>
      (await api.as(role)).post(`/queue/${entry.id}/undo/`, { version });
    expect((await undo(called.version, "doctor")).body.code).toBe("wrong-transition");
    expect((await undo(called.version)).body).toMatchObject({
      status: "WAITING",
      servicePointId: null,
      calledAt: null,
    });
    expect((await undo(called.version)).body.code).toBe("stale-version");
    expect((await undo(called.version + 1)).body.code).toBe("wrong-transition");
  });

  it("is for the people of the clinic, at their facility and organisation", async () => {
    await empty();
    const entry = await arrived();
    for (const role of ["lab_technician", "billing_clerk"] as const)
      expect((await (await api.as(role)).get("/queue/")).status).toBe(403);
    expect((await api.anonymous.get("/queue/")).status).toBe(401);
    expect((await step(entry, { status: "LEFT" }, "admin")).status).toBe(403);
    expect((await step(entry, { status: "LEFT" }, "otherDoctor")).status).toBe(404);
    expect((await step(entry, { status: "GONE" })).status).toBe(400);
    expect((await step(entry, { servicePointId: newId() })).status).toBe(400);
    expect((await step({ ...entry, version: 9 }, { status: "LEFT" })).body.code).toBe("stale-version");
    expect((await (await api.as("otherDoctor")).get("/queue/")).body.items).toEqual([]);
    const { rows } = await api.owner.query(
      "SELECT 1 FROM audit_entry WHERE action = 'queue.list' AND after->'patientIds' @> (SELECT to_jsonb(ARRAY[patient_id]) FROM queue_entry WHERE id = $1)",
      [entry.id],
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe("a screen in the waiting room", () => {
  it("shows numbers and places to whoever has its link, and nobody's name", async () => {
    await empty();
    const [first, second] = [await arrived(), await arrived()];
    await step(first, { status: "CALLED", servicePointId: triage });
    const admin = await api.as("admin");
    const made = await admin.post("/waiting-displays/", { name: "Ground floor" });
    const token = String(made.body.token);
    const look = (text: string) => api.anonymous.post("/waiting-board/", { token: text });
    const seen = await look(token);
    expect(seen.status).toBe(200);
    expect(board.parse(seen.body)).toMatchObject({
      facilityName: "Site A",
      called: [{ ticket: first.ticket, place: "Triage" }],
      waiting: [{ ticket: second.ticket }],
    });
    const { rows } = await api.owner.query(
      "SELECT p.first_name, p.last_name, p.mrn, p.id FROM patient p JOIN queue_entry q ON q.patient_id = p.id WHERE q.id = ANY ($1)",
      [[first.id, second.id]],
    );
    for (const value of rows.flatMap((row) => Object.values(row))) expect(seen.text).not.toContain(String(value));
    const { rows: kept } = await api.owner.query("SELECT to_jsonb(d)::text AS row FROM waiting_display d");
    expect(JSON.stringify(kept)).not.toContain(token);
    for (const wrong of ["x", token.slice(0, -2), `${token.slice(0, -2)}AA`, Buffer.alloc(48).toString("base64url")])
      expect((await look(wrong)).body.code).toBe("not-found");
    expect((await admin.delete(`/waiting-displays/${made.body.id}/`)).status).toBe(200);
    expect((await look(token)).body.code).toBe("not-found");
  });

  it("and the service points are the administrators' to set", async () => {
    const client = await nurse();
    expect((await client.post("/waiting-displays/", { name: "x" })).status).toBe(403);
    expect((await client.post("/service-points/", { code: "X", name: "x" })).status).toBe(403);
    const admin = await api.as("admin");
    expect((await admin.post("/service-points/", { code: "T", name: "Again" })).body.code).toBe("already-exists");
    expect((await admin.post("/service-points/", { code: "t1", name: "No" })).status).toBe(400);
    const change = { code: "D", name: "Desk one", isActive: false };
    expect((await admin.put(`/service-points/${desk}/`, { ...change, version: 9 })).body.code).toBe("stale-version");
    expect((await admin.put(`/service-points/${desk}/`, { ...change, version: 1 })).status).toBe(200);
    expect((await client.post("/queue/next/", { servicePointId: desk })).status).toBe(400);
    expect(
      (await (await api.as("otherAdmin")).put(`/service-points/${triage}/`, { ...change, version: 1 })).status,
    ).toBe(404);
  });
});
