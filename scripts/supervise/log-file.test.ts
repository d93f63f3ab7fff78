import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { LogFile } from "./log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is cut at 20 MB and keeps three old files, so that a talkative process cannot fill the disk", () => {
  const log = new LogFile(join(folder, "api.log"));
  const chunk = Buffer.alloc(11 * 1024 * 1024, "x");
  for (let written = 0; written < 7; written += 1) log.write(chunk);
  log.close();
  expect(readdirSync(folder).sort()).toEqual(["api.log", "api.log.1", "api.log.2", "api.log.3"]);
});
