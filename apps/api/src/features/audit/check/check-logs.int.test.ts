import { testDatabase } from "@infirmary/db/test-support";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../../test/harness.ts";
import { registerPatient } from "../../../../test/lab.ts";
import { type SealedLog, sealedLog } from "../../../../test/sealed-log.ts";
import { sealKeysOf } from "../../../audit-verifier/format.ts";
import { checkLogs } from "./check-logs.ts";

let api: Api;
let log: SealedLog;
beforeAll(async () => {
  api = await startApi();
  log = sealedLog(api, (await testDatabase()).appUrl);
});
afterAll(async () => {
  log.close();
  await api.close();
});

const status = async () => (await (await api.as("admin")).get("/audit/status/")).body;
const check = (scope: "recent" | "whole") =>
  checkLogs(api.platform, { sealKeys: sealKeysOf(log.sealPem), anchorFile: log.anchorFile }, scope);
const superuser = async (sql: string) => {
  const client = await api.owner.connect();
  await client.query("SET session_replication_role = replica");
  await client.query(sql);
  await client.query("RESET session_replication_role");
  client.release();
};

describe("the state of the log", () => {
  it("is not known before the first check, then verified up to the newest seal", async () => {
    expect(await status()).toMatchObject({ state: "unchecked", verifiedSeal: null });
    await registerPatient(api, { lastName: "Checked" });
    await log.seal();
    await log.anchor();
    await check("recent");
    expect(await status()).toMatchObject({
      state: "verified",
      verifiedSeal: 1,
      findings: [],
      anchors: [{ number: 1 }],
    });
    await registerPatient(api, { lastName: "Checkedtoo" });
    await log.seal();
    await check("recent");
    expect(await status()).toMatchObject({ state: "verified", verifiedSeal: 2 });
    await check("whole");
    expect((await status()).wholeCheckedAt).toEqual(expect.any(String));
  });

  it("says so when sealing is behind", async () => {
    await registerPatient(api, { lastName: "Waiting" });
    api.setClock(new Date(Date.now() + 120_000));
    expect(await status()).toMatchObject({ state: "behind" });
    api.setClock(null);
    await log.seal();
    await check("recent");
  });

  it("names what was tampered with, tells the people who may read the log, and stays so until it is as it was", async () => {
    await superuser(
      "UPDATE audit_entry SET username = 'nobody' WHERE action = 'patient.create' AND patient_id IS NOT NULL",
    );
    await check("recent");
    expect(await status(), "a recent check looks at what is new").toMatchObject({ state: "verified" });
    await check("whole");
    const found = await status();
    expect(found).toMatchObject({ state: "tampered" });
    expect(found.findings).toEqual(expect.arrayContaining([expect.objectContaining({ kind: "entry-changed" })]));
    const bell = await (await api.as("admin")).call("notification.list", {});
    expect(bell.text).toContain("The audit log was tampered with.");
    await check("recent");
    expect(await status()).toMatchObject({ state: "tampered" });
    await superuser(
      "UPDATE audit_entry SET username = 'nurse' WHERE action = 'patient.create' AND patient_id IS NOT NULL",
    );
    await check("whole");
    expect(await status()).toMatchObject({ state: "verified" });
  });

  it("is for those who may read the log, about their own organisation", async () => {
    for (const role of ["doctor", "nurse", "lab_technician", "billing_clerk"] as const)
      expect((await (await api.as(role)).get("/audit/status/")).status).toBe(403);
    expect((await (await api.as("privacy_officer")).get("/audit/status/")).status).toBe(200);
    expect((await (await api.as("otherAdmin")).get("/audit/status/")).body.findings).toEqual([]);
    expect((await api.anonymous.get("/audit/status/")).status).toBe(401);
  });
});
