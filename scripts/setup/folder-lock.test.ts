import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockFolder } from "./folder-lock.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "infirmary-lock-"));
  file = join(folder, "data", "running.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the data folder's lock", () => {
  it("lets one in, tells the next who has it, and lets in again when it is given back", async () => {
    const lock = await lockFolder(file, "http://localhost:3000");
    await expect(lockFolder(file, "http://localhost:3100")).rejects.toThrow(
      `already running on this data folder: http://localhost:3000 (process ${process.pid})`,
    );
    lock.release();
    lock.announceStop();
    expect(existsSync(file)).toBe(false);
    (await lockFolder(file, "http://localhost:3100")).release();
  });

  it("is waited for when its holder is about to stop", async () => {
    const lock = await lockFolder(file, "x");
    lock.announceStop();
    const next = lockFolder(file, "y");
    setTimeout(lock.release, 2000);
    (await next).release();
  });

  it("is lost by a holder that was killed", async () => {
    const holder = spawn(process.execPath, ["-e", ""]);
    const ended = new Promise((resolve) => holder.once("exit", resolve));
    await plant({ pid: holder.pid, since: "1", url: "x" });
    await ended;
    (await lockFolder(file, "y")).release();
  });

  it("is lost by a holder whose number another process has now", async () => {
    await plant({ pid: process.pid, since: "1", url: "x" });
    (await lockFolder(file, "y")).release();
  });

  it("is not kept by a file that a crash cut short", async () => {
    await plant("");
    (await lockFolder(file, "y")).release();
  });
});

async function plant(holder: unknown): Promise<void> {
  (await lockFolder(file, "x")).release();
  writeFileSync(file, holder === "" ? "" : JSON.stringify(holder));
}
