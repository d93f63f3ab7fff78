import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../test/harness.ts";
import { registerPatient } from "../../test/lab.ts";
import { newId } from "./id.ts";
import type { Scope } from "./scope.ts";
import { inRead } from "./unit-of-work.ts";

let api: Api;
let scope: Scope;
beforeAll(async () => {
  api = await startApi();
  scope = { tenantId: api.home.id, actor: null, requestId: newId(), ip: null };
});
afterAll(() => api.close());

const entriesOf = async (action: string) =>
  (
    await api.owner.query<{ tenant_id: string; entity_id: string; xid: string }>(
      "SELECT tenant_id, entity_id, xid::text FROM audit_entry WHERE action = $1 ORDER BY entity_id",
      [action],
    )
  ).rows;

describe("the audit entries of reads", () => {
  it("are on the disk before anything is shown: where they cannot be written, nothing is answered", async () => {
    const nurse = await api.as("nurse");
    const patient = await registerPatient(api);
    await api.owner.query("REVOKE INSERT ON audit_entry FROM infirmary_app");
    try {
      for (const answer of [
        await nurse.get(`/patients/${patient.id}/`),
        await nurse.post("/patients/search/", { q: String(patient.mrn) }),
        await nurse.call("patient.get", { id: patient.id }),
      ]) {
        expect(answer.status).toBe(500);
        expect(answer.text).not.toContain(patient.lastName);
        expect(answer.text).not.toContain(patient.mrn);
      }
    } finally {
      await api.owner.query("GRANT INSERT ON audit_entry TO infirmary_app");
    }
    expect((await nurse.get(`/patients/${patient.id}/`)).status).toBe(200);
  });

  it("are one for each of many that read at once, each in its own tenant", async () => {
    const [nurse, doctor, patient] = [await api.as("nurse"), await api.as("otherDoctor"), await registerPatient(api)];
    const before = (await entriesOf("patient.read")).length;
    const beforeSearches = (await entriesOf("patient.search")).length;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        index % 2 ? nurse.get(`/patients/${patient.id}/`) : doctor.post("/patients/search/", { q: "nobody" }),
      ),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const reads = (await entriesOf("patient.read")).filter(({ entity_id }) => entity_id === patient.id);
    expect((await entriesOf("patient.read")).length - before).toBe(30);
    expect(reads.every(({ tenant_id }) => tenant_id === api.home.id)).toBe(true);
    const searches = await entriesOf("patient.search");
    expect(searches.length - beforeSearches).toBe(30);
    expect(searches.filter(({ tenant_id }) => tenant_id === api.other.id)).toHaveLength(30);
  });

  it("share a transaction where they come while others are written", async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        api.platform.readLog.write(scope, new Date(), [
          { action: "test.shared", entity: "test", entityId: String(index) },
        ]),
      ),
    );
    const entries = await entriesOf("test.shared");
    expect(entries).toHaveLength(40);
    // What comes in one turn is one group; at most two were at work before it.
    expect(new Set(entries.map(({ xid }) => xid)).size).toBeLessThanOrEqual(3);
  });

  it("fail for nobody but who sent a bad one, and are never another tenant's", async () => {
    const write = (entityId: string, more: object = {}) =>
      api.platform.readLog.write(scope, new Date(), [{ action: "test.bad", entity: "test", entityId, ...more }]);
    const outcomes = await Promise.allSettled([
      write("1"),
      write("2"),
      write("3"),
      write("bad", { patientId: "this is no uuid" }),
      write("foreign", { scope: { ...scope, tenantId: api.other.id } }),
      write("4"),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect((await entriesOf("test.bad")).map(({ entity_id }) => entity_id)).toEqual(["1", "2", "3", "4"]);
  });
});

describe("work that only reads", () => {
  it("cannot change anything, by Prisma or by hand, and announces nothing", async () => {
    const counter = { tenantId: scope.tenantId, kind: "t-read", next: 1 };
    await expect(inRead(api.platform, scope, ({ tx }) => tx.counter.create({ data: counter }))).rejects.toThrow();
    await expect(
      inRead(api.platform, scope, ({ connection }) => connection.query("UPDATE counter SET next = 9")),
    ).rejects.toMatchObject({ code: "25006" });
    await expect(inRead(api.platform, scope, async ({ emit }) => emit({ name: "test.read" }))).rejects.toThrow(
      "announces nothing",
    );
    expect((await api.owner.query("SELECT 1 FROM counter WHERE kind = 't-read'")).rowCount).toBe(0);
  });

  it("leaves no entry of what it did not show because the work failed", async () => {
    const failing = inRead(api.platform, scope, async ({ audit }) => {
      audit({ action: "test.unseen", entity: "test" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await entriesOf("test.unseen")).toEqual([]);
  });

  it("reads in its own transaction what it hands on without waiting for it", async () => {
    const found = await inRead(api.platform, scope, ({ tx }) => tx.facility.findMany());
    expect(found.map(({ tenantId }) => tenantId)).toContain(api.home.id);
  });
});
