import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { aloneInCheckout } from "./checkout-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-alone-"));
const lock = join(folder, "building");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("gives the lock back after a failure", async () => {
  await expect(aloneInCheckout(() => Promise.reject(new Error("no compiler")), lock)).rejects.toThrow("no compiler");
  expect(await aloneInCheckout(async () => "built", lock)).toBe("built");
});

it("waits for another build that is under way", async () => {
  writeFileSync(lock, String(process.ppid));
  setTimeout(() => rmSync(lock), 500);
  const startedAt = performance.now();
  await aloneInCheckout(async () => undefined, lock);
  expect(performance.now() - startedAt).toBeGreaterThan(400);
});

it("does not wait for one that was killed", async () => {
  writeFileSync(lock, "4194399");
  expect(await aloneInCheckout(async () => "built", lock)).toBe("built");
});
