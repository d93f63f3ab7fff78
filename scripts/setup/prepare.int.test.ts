import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { readEnv } from "../../apps/api/src/core/env.ts";
import { apiEnvironment } from "../supervise/product.ts";
import { prepare } from "./prepare.ts";
import { dataFolder } from "./project.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-prepare-"));
// Run by root, the server has an account of its own that must reach the folder.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

it("brings an empty data folder to a running database with keys, and says each step", async () => {
  const screen: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => screen.push(String(text)) > 0);
  const data = dataFolder(folder);
  const parts = await prepare({ env: readEnv({}), data, hasDemo: false, isDevelopment: true });
  await parts.database.stop();
  const said = screen.join("");
  for (const step of ["Native addon", "Prisma client", "Database", "Migrations"])
    expect(said).toMatch(new RegExp(`${step} .* s\n`));
  expect(said).toContain("WARNING: generated session-secret, access-token.pem, field-keys.json, index-key");
  expect(existsSync(parts.keys.FIELD_KEYS_FILE)).toBe(true);

  const told = apiEnvironment(parts);
  expect(told).toMatchObject({ INFIRMARY_DEMO: "0", DATABASE_APP_URL: parts.appUrl, INFIRMARY_DATA: folder });
  expect(told).not.toHaveProperty("DATABASE_URL");
});

it("stops the database again when a later step fails", async () => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const data = dataFolder(join(folder, "failing"));
  const env = readEnv({ DATABASE_APP_URL: "postgresql://nobody_here:x@127.0.0.1/infirmary" });
  await expect(prepare({ env, data, hasDemo: false, isDevelopment: true })).rejects.toThrow(
    "nobody_here, which does not exist",
  );
  expect(existsSync(join(data.path, "postgres", "cluster", "postmaster.pid"))).toBe(false);
});
