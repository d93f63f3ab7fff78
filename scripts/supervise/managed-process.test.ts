import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ManagedProcess, type ProcessSpec } from "./managed-process.ts";

let folder: string;
let told: string[];
let managed: ManagedProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "infirmary-managed-"));
  told = [];
});
afterEach(async () => {
  await managed?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a few lines of JavaScript as the managed process. */
function manage(code: string, options: Partial<ProcessSpec> = {}): ManagedProcess {
  const script = join(folder, "process.mjs");
  writeFileSync(script, code);
  managed = new ManagedProcess({
    name: "The probe",
    command: [process.execPath, script],
    cwd: folder,
    env: {},
    logFile: join(folder, "probe.log"),
    notify: (text) => told.push(text),
    ...options,
  });
  return managed;
}

const READY_AND_STAY =
  "process.send({ ready: true }); setInterval(() => {}, 1000); process.on('disconnect', () => process.exit());";

describe("a managed process", () => {
  it("is ready when it says so, and its output is kept in its log", async () => {
    await manage(`console.log("hello"); ${READY_AND_STAY}`).start();
    await vi.waitFor(() => expect(readFileSync(join(folder, "probe.log"), "utf8")).toBe("hello\n"));
  });

  it("is started again when it is killed", async () => {
    const probe = manage(READY_AND_STAY);
    await probe.start();
    const first = probe.pid;
    process.kill(Number(first), "SIGKILL");
    await vi.waitFor(() => expect(told).toContain("The probe is back."), 5000);
    expect(told[0]).toBe("The probe ended (SIGKILL); it is started again.");
    expect(probe.pid).not.toBe(first);
  });

  it("is given up when it never comes up, with its last words", async () => {
    const probe = manage(`console.error("no key"); process.exit(3);`, { startsMax: 2 });
    await expect(probe.start()).rejects.toThrow("The probe does not start (exit code 3):\n\nno key\nno key");
  });

  it("is given up when its program does not exist", async () => {
    const probe = manage("", { command: [join(folder, "nothing")], startsMax: 1 });
    await expect(probe.start()).rejects.toThrow("ENOENT");
  });

  it("ends when it is asked to, and stays ended", async () => {
    const probe = manage(READY_AND_STAY);
    await probe.start();
    const pid = Number(probe.pid);
    await probe.stop();
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    expect(told).toEqual([]);
  });

  it("is not started again when it is stopped while waiting for its next start", async () => {
    const probe = manage(READY_AND_STAY);
    await probe.start();
    process.kill(Number(probe.pid), "SIGKILL");
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await probe.stop();
    expect(told).toEqual(["The probe ended (SIGKILL); it is started again."]);
  });

  it("ends outright when it ignores the request", async () => {
    const probe = manage(`process.on("SIGTERM", () => {}); ${READY_AND_STAY}`);
    await probe.start();
    const startedAt = Date.now();
    await probe.stop();
    expect(Date.now() - startedAt).toBeLessThan(7000);
  }, 10_000);
});
