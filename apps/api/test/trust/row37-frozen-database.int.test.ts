import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessOf, type OwnHospital, startOwnHospital } from "../own-hospital.ts";
import { seedTenants } from "../tenants.ts";
import { isLong } from "./form.ts";

/** Row 37: a database that is frozen, not gone, is answered for within five seconds, and served again without a restart. */
const frozenMs = isLong ? 30_000 : 4_500;
let hospital: OwnHospital;
beforeAll(async () => {
  hospital = await startOwnHospital();
}, 120_000);
afterAll(() => hospital?.stop());

describe("a PostgreSQL that stands still", () => {
  it("is a typed 503 in less than 5 s for what is under way and what comes, and works again within 10 s", {
    timeout: 120_000,
  }, async () => {
    await seedTenants(hospital.owner);
    const api = await hospital.start("api");
    const authorization = `Bearer ${await accessOf(hospital.url, "doctor")}`;
    const ask = async (path: string) => {
      const from = performance.now();
      const answer = await fetch(hospital.url + path, { headers: { authorization } });
      const body = (await answer.json()) as { code?: string };
      return { status: answer.status, code: body.code, ms: performance.now() - from };
    };
    const paths = ["/patients/", "/lab-orders/", "/health/"];
    for (const path of paths) expect((await ask(path)).status, path).toBe(200);

    const processes = await postgresProcesses();
    expect(processes.length).toBeGreaterThan(3);
    signal(processes, "SIGSTOP");
    try {
      const frozenAt = performance.now();
      // The first find out; the last come when it is known.
      for (let round = 0; round === 0 || performance.now() - frozenAt < frozenMs; round++) {
        for (const answer of await Promise.all(paths.map(ask))) {
          expect([answer.status, answer.code]).toEqual([503, "unavailable"]);
          expect(answer.ms).toBeLessThan(5_000);
        }
        await sleep(100);
      }
    } finally {
      signal(processes, "SIGCONT");
    }
    const thawedAt = performance.now();
    for (const path of paths) while ((await ask(path)).status !== 200) await sleep(100);
    expect(performance.now() - thawedAt).toBeLessThan(10_000);
    expect([api.exitCode, api.signalCode]).toEqual([null, null]);
  });
});

/** The server and all its backends. */
async function postgresProcesses(): Promise<number[]> {
  const { rows } = await hospital.owner.query<{ pid: string }>(
    "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid",
  );
  const postmaster = rows[0]?.pid ?? "";
  const children = execFileSync("pgrep", ["-P", postmaster], { encoding: "utf8" }).trim().split("\n");
  return [postmaster, ...children].map(Number);
}

function signal(pids: readonly number[], name: "SIGSTOP" | "SIGCONT"): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch (error) {
      // It ended meanwhile.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
