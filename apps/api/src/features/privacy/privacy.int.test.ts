import { testDatabase } from "@infirmary/db/test-support";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { placeOrder, registerPatient, type TestPatient } from "../../../test/lab.ts";
import { type SealedLog, sealedLog } from "../../../test/sealed-log.ts";
import { seedPerson } from "../../../test/tenants.ts";

let api: Api;
let log: SealedLog;
let cared: TestPatient;
let looked: TestPatient;
const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const period = { from: yesterday, to: today };
beforeAll(async () => {
  api = await startApi();
  log = sealedLog(api, (await testDatabase()).appUrl);
  await seedPerson(api.owner, api.home, { username: "nosy", fullName: "Noah Nosy", roles: ["nurse"] });
  cared = await registerPatient(api, { lastName: "Cared" });
  looked = await registerPatient(api, { lastName: "Looked" });
  await placeOrder(api, cared);
  const nosy = await api.signIn("nosy");
  await (await api.as("doctor")).get(`/patients/${cared.id}/`);
  for (let look = 0; look < 3; look++) await nosy.get(`/patients/${looked.id}/`);
  await nosy.get("/patients/");
  await api.anonymous.post("/auth/login/", { username: "nosy", password: "wrong" });
});
afterAll(async () => {
  log.close();
  await api.close();
});

const ask = async (
  procedure: string,
  input: unknown,
  role: "privacy_officer" | "doctor" | "otherAdmin" = "privacy_officer",
) => {
  const answer = await (await api.as(role)).call(procedure, input, "query");
  return { ...answer, data: (answer.body as { result?: { data: never } }).result?.data as never };
};

describe("the privacy officer's reports", () => {
  it("name who looked without caring, and nobody who cares: an order or a registration is care", async () => {
    const { data } = await ask("privacy.outsideCare", period);
    expect((data as { items: { username: string; patientName: string; looks: number }[] }).items).toMatchObject([
      { username: "nosy", fullName: "Noah Nosy", patientName: "Looked, Jane", looks: 3 },
    ]);
  });

  it("count the days for the plots and list failed sign-ins and exports", async () => {
    const { data } = await ask("privacy.overview", period);
    const { days, failedSignIns } = data as {
      days: { outsideCare: number; failedSignIns: number }[];
      failedSignIns: unknown[];
    };
    expect(days).toHaveLength(2);
    expect(days.reduce((sum, day) => sum + day.outsideCare, 0)).toBe(3);
    expect(days.reduce((sum, day) => sum + day.failedSignIns, 0)).toBe(1);
    expect(failedSignIns).toMatchObject([{ username: "nosy", failures: 1, addresses: ["127.0.0.1"] }]);
  });

  it("tell a patient who looked, by record and in lists, who looked without caring first", async () => {
    await log.seal();
    const { data } = await ask("privacy.patientReport", { patientId: looked.id });
    const { items } = data as { items: { username: string; looks: number; shown: number; caresFor: boolean }[] };
    expect(items[0]).toMatchObject({ username: "nosy", looks: 3, shown: 1, caresFor: false });
    expect(items.find(({ username }) => username === "nurse")).toMatchObject({ deeds: 1, caresFor: true });
  });

  it("find the log's lists of a patient by the index once they are sealed", async () => {
    await log.seal();
    const { body } = await (await api.as("privacy_officer")).get(`/audit/?patientId=${looked.id}&action=patient.list`);
    expect(body.items).toMatchObject([{ username: "nosy", action: "patient.list" }]);
  });

  it("refuse bad periods, strangers, nobody, and know nothing of another organisation's patients", async () => {
    expect((await ask("privacy.overview", { from: today, to: yesterday })).status).toBe(400);
    expect((await ask("privacy.overview", { from: "2020-01-01", to: today })).status).toBe(400);
    expect((await ask("privacy.overview", period, "doctor")).status).toBe(403);
    expect((await api.anonymous.call("privacy.overview", period, "query")).status).toBe(401);
    expect((await ask("privacy.patientReport", { patientId: looked.id }, "otherAdmin")).status).toBe(404);
    const { data } = await ask("privacy.outsideCare", period, "otherAdmin");
    expect(data).toEqual({ items: [], hasMore: false });
  });

  it("are recorded themselves", async () => {
    const { rows } = await api.owner.query(
      "SELECT DISTINCT action FROM audit_entry WHERE action LIKE 'privacy.%' ORDER BY 1",
    );
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["privacy.outside-care", "privacy.overview", "privacy.patient-report"]),
    );
  });
});
