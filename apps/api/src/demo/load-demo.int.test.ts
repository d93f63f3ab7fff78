import { demoUsers } from "@infirmary/db/seed";
import { isLoincCode } from "@infirmary/shared/catalog";
import { isMrn } from "@infirmary/shared/patient";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, type Client, startApi } from "../../test/harness.ts";
import { type Loaded, loadDemo } from "./load-demo.ts";

let api: Api;
let loaded: Loaded;
const people = new Map<string, Client>();

beforeAll(async () => {
  api = await startApi();
  // The tests' own tenants have an admin of that name; names are unique over the installation.
  await api.owner.query("DELETE FROM login_name WHERE username = 'admin'");
  const result = await loadDemo(api.platform);
  if (!result) throw new Error("The demo was there already.");
  loaded = result;
  for (const { username, password } of demoUsers) people.set(username, await api.signIn(username, password));
});
afterAll(() => api?.close());

const as = (username: string) => {
  const client = people.get(username);
  if (!client) throw new Error(`${username} is not signed in.`);
  return client;
};
const demoRows = async (what: string) =>
  (await api.owner.query(`${what} WHERE tenant_id = (SELECT id FROM tenant WHERE slug = 'st-annes')`)).rows;

describe("the demo hospital", () => {
  it("is loaded once: a second run changes nothing", async () => {
    expect(await loadDemo(api.platform)).toBeNull();
  });

  it("has one person of each role and a doctor of the second site, each with one role", async () => {
    const { body } = await as("admin").get("/users/?limit=100");
    const users = body.items as unknown as { username: string; roles: string[]; status: string }[];
    expect(users.map(({ username }) => username).sort()).toEqual([
      "admin",
      "billing.clerk",
      "dr.chen",
      "dr.patel",
      "dr.smith",
      "lab.lind",
      "lab.tech",
      "nurse.jane",
      "nurse.okafor",
      "privacy.officer",
    ]);
    expect(users.every(({ roles, status }) => roles.length === 1 && status === "ACTIVE")).toBe(true);
    const me = (await as("dr.smith").get("/auth/me/")).body as unknown as { facilities: { code: string }[] };
    expect(me.facilities.map(({ code }) => code)).toEqual(["MAIN", "RIVER"]);
  });

  it("has 200 patients with right MRNs, found by name, and goes on counting after them", async () => {
    const rows = await demoRows("SELECT mrn FROM patient");
    expect(rows).toHaveLength(200);
    expect(rows.every(({ mrn }) => isMrn(mrn))).toBe(true);
    const { body } = await as("nurse.jane").post("/patients/search/", { q: "margret okafor" });
    expect(body.items).toMatchObject([{ firstName: "Margaret", lastName: "Okafor" }]);
    const next = await as("nurse.jane").post("/patients/", {
      firstName: "New",
      lastName: "Patient",
      dateOfBirth: "2000-01-01",
      gender: "female",
    });
    expect([next.status, Number(next.body.mrn) > Math.max(...rows.map(({ mrn }) => Number(mrn)))]).toEqual([201, true]);
  });

  it("has a catalogue of right LOINC codes", async () => {
    const tests = await demoRows("SELECT code, is_panel FROM lab_test");
    expect(tests.length).toBeGreaterThan(60);
    expect(tests.filter(({ code }) => !isLoincCode(code))).toEqual([]);
    expect(tests.filter(({ is_panel }) => is_panel).length).toBeGreaterThan(5);
  });

  it("has orders in every state, none of it in the future, and critical ones that wait for the doctor", async () => {
    const { body } = await as("dr.smith").call("order.counts", {});
    const counts = (body.result as unknown as { data: Record<string, number> }).data;
    for (const status of ["ORDERED", "IN_PROGRESS", "COMPLETED", "REVIEWED", "CANCELLED"])
      expect(counts[status], status).toBeGreaterThan(8);
    expect(counts.critical).toBeGreaterThanOrEqual(3);
    for (const [table, column] of [
      ["service_order", "updated_at"],
      ["observation", "filed_at"],
      ["result_review", "reviewed_at"],
      ["audit_entry", "at"],
      ["event", "at"],
      ["vital_signs", "taken_at"],
      ["encounter", "created_at"],
      ["appointment", "created_at"],
    ])
      expect(await demoRows(`SELECT max(${column}) <= now() AS past FROM ${table}`)).toEqual([{ past: true }]);
  });

  it("has a clinic in the middle of its day: somebody waits, one of them must not, one is with the doctor", async () => {
    const { body } = await as("dr.smith").call("encounter.list", { status: ["ARRIVED", "TRIAGED", "IN_CONSULT"] });
    const { items } = (
      body.result as unknown as { data: { items: { status: string; earlyWarning: { risk: string } | null }[] } }
    ).data;
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set(["ARRIVED", "TRIAGED", "IN_CONSULT"]));
    expect(items.some(({ earlyWarning }) => earlyWarning?.risk === "high")).toBe(true);
  });

  it("has hours and appointments: kept ones that became today's visits, and the week's bookings", async () => {
    const [count] = await demoRows(
      `SELECT count(*) FILTER (WHERE status = 'CHECKED_IN')::int AS kept, count(*) FILTER (WHERE status = 'BOOKED' AND starts_at > now())::int AS booked,
              count(*) FILTER (WHERE starts_at < now() AND status = 'BOOKED')::int AS forgotten FROM appointment`,
    );
    expect([count.kept, count.booked > 60, count.forgotten]).toEqual([6, true, 0]);
    const resources = await as("nurse.jane").call("appointment.resources", {});
    const { providers, rooms } = (
      resources.body.result as unknown as { data: { providers: { id: string; name: string }[]; rooms: object[] } }
    ).data;
    expect([providers.map(({ name }) => name), rooms.length]).toEqual([["Dr. John Smith", "Dr. Meera Patel"], 4]);
    const [from, to] = [Date.now(), Date.now() + 7 * 86_400_000].map((at) => new Date(at).toISOString());
    const { body } = await as("nurse.jane").get(`/slots/?providerId=${providers[0]?.id}&from=${from}&to=${to}`);
    expect((body.items as unknown[]).length).toBeGreaterThan(20);
  });

  it("has a queue: some wait, one is called, and the next number follows on", async () => {
    const { items } = (await as("nurse.jane").get("/queue/")).body as unknown as {
      items: { status: string; ticket: string }[];
    };
    expect(items.map(({ status }) => status).sort()).toEqual(["CALLED", "WAITING", "WAITING", "WAITING"]);
    const [counter] = await demoRows("SELECT last FROM queue_counter");
    expect(items.every(({ ticket }) => Number(ticket.slice(1)) <= counter.last)).toBe(true);
  });

  it("counts the values of every order right", async () => {
    const { rows } = await api.owner.query(
      `SELECT o.order_number FROM service_order o WHERE o.observation_count <> (SELECT count(*) FROM observation b WHERE b.order_id = o.id
          AND NOT EXISTS (SELECT FROM observation n WHERE n.supersedes_id = b.id))`,
    );
    expect(rows).toEqual([]);
    expect((await demoRows("SELECT count(*)::int AS n FROM observation")).map(({ n }) => n > 1000)).toEqual([true]);
    expect((await api.owner.query("SELECT 1 FROM observation WHERE version = 2")).rowCount).toBeGreaterThan(0);
  });

  it("left an entry in the audit log for every order, in the partition of its month", async () => {
    const [orders] = await demoRows("SELECT count(*)::int AS n FROM service_order");
    const { rows } = await api.owner.query("SELECT count(*)::int AS n FROM audit_entry WHERE action = 'order.create'");
    expect(rows[0].n).toBe(orders.n);
    expect((await api.owner.query("SELECT 1 FROM audit_entry_default")).rowCount).toBe(0);
  });

  it("shows a potassium that rises over the month", async () => {
    const { body } = await as("nurse.jane").post("/patients/search/", { q: "okafor margaret" });
    const [patient] = body.items as unknown as { id: string }[];
    const trend = await as("dr.smith").call("result.trend", { patientId: patient?.id, code: "2823-3" });
    const { points } = (trend.body.result as unknown as { data: { points: { number: number }[] } }).data;
    expect(points.map(({ number }) => number)).toEqual([4.6, 4.8, 5, 5.2, 5.4, 5.8, 6.4]);
  });
});

describe("the demo's boundaries", () => {
  it("show the doctor of the second site the patients of that site, and emergency accesses that wait for a review", async () => {
    const { body } = await as("dr.chen").post("/patients/search/", { q: "okafor 1951-03-14" });
    expect((body.items as unknown[]).length).toBeLessThanOrEqual(1);
    const waiting = (await as("admin").get("/break-glass/")).body.items as { userName: string; lookups: number }[];
    expect(waiting).toHaveLength(2);
    expect(waiting.every(({ lookups }) => lookups === 2)).toBe(true);
  });

  it("keep the second organisation apart", async () => {
    const neighbour = await api.signIn("dr.lopez", "doctor123!");
    const theirs = (await neighbour.get("/patients/?limit=100")).body.items as { mrn: string; id: string }[];
    const ours = (await as("nurse.jane").get("/patients/?limit=100")).body.items as { mrn: string; id: string }[];
    expect(theirs).toHaveLength(14);
    expect(theirs.some(({ id }) => ours.some((own) => own.id === id))).toBe(false);
    const answer = await neighbour.get(`/patients/${ours[0]?.id}/`);
    expect([answer.status, answer.body.code]).toEqual([404, "not-found"]);
  });
});

describe("the sample messages", () => {
  const upload = async (name: string) => {
    const sample = loaded.samples.find((candidate) => candidate.name.startsWith(name));
    if (!sample) throw new Error(`There is no sample ${name}.`);
    const contentBase64 = Buffer.from(sample.text).toString("base64");
    const preview = await as("lab.tech").call("result.preview", { contentBase64 });
    const { messages } = (
      preview.body.result as unknown as {
        data: { messages: { order: { id: string } | null; blockers: { code: string }[] }[] };
      }
    ).data;
    const answers = [];
    for (const [index, message] of messages.entries()) {
      if (!message.order) continue;
      answers.push(await as("lab.tech").call("result.upload", { orderId: message.order.id, contentBase64, index }));
    }
    return { messages, answers };
  };

  it.each(["01", "02", "03", "04", "05"])("number %s is taken, and its order is completed", async (name) => {
    const { messages, answers } = await upload(name);
    expect(messages.map(({ blockers }) => blockers)).toEqual(messages.map(() => []));
    expect(answers).toHaveLength(messages.length);
    for (const { status, text, body } of answers) {
      expect(status, text).toBe(200);
      expect(body.result).toMatchObject({ data: { orderStatus: "COMPLETED", alreadyFiled: false } });
    }
  });

  it.each(["06", "07", "08"])("number %s is refused", async (name) => {
    const { messages, answers } = await upload(name);
    expect(messages.every(({ blockers }) => blockers.length > 0)).toBe(true);
    expect(answers.every(({ status }) => status >= 400 && status < 500)).toBe(true);
  });
});
