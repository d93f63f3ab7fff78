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
  it("lets one in, tells the next who has it, and lets in again when it is given back", () => {
    const unlock = lockFolder(file, "http://localhost:3000");
    expect(() => lockFolder(file, "http://localhost:3100")).toThrow(
      `already running on this data folder: http://localhost:3000 (process ${process.pid})`,
    );
    unlock();
    expect(existsSync(file)).toBe(false);
    lockFolder(file, "http://localhost:3100")();
  });

  it("is lost by a holder that was killed", async () => {
    const holder = spawn(process.execPath, ["-e", ""]);
    const ended = new Promise((resolve) => holder.once("exit", resolve));
    lockFolder(file, "x")();
    writeFileSync(file, JSON.stringify({ pid: holder.pid, since: "1", url: "x" }));
    await ended;
    lockFolder(file, "y")();
  });

  it("is lost by a holder whose number another process has now", () => {
    lockFolder(file, "x")();
    writeFileSync(file, JSON.stringify({ pid: process.pid, since: "1", url: "x" }));
    lockFolder(file, "y")();
  });

  it("is not kept by a file that a crash cut short", () => {
    lockFolder(file, "x")();
    writeFileSync(file, "");
    lockFolder(file, "y")();
  });
});
