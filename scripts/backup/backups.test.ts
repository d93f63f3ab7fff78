import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { losses, newIdentity, recipientOf } from "../../packages/db/src/backup/index.ts";
import { backupKey, identityFrom } from "./backup-key.ts";
import { listBackups, nameAt, pruneBackups } from "./backups.ts";

const folder = mkdtempSync(join(tmpdir(), "infirmary-backups-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("keeps the newest backups and touches nothing else", () => {
  const home = join(folder, "home");
  const days = [1, 2, 3, 4].map((day) => nameAt(new Date(Date.UTC(2026, 10, day))));
  for (const name of days) {
    mkdirSync(join(home, name), { recursive: true });
    writeFileSync(join(home, name, "backup.json"), '{"format":1}');
  }
  mkdirSync(join(home, `${days[0]}.partial`));
  mkdirSync(join(home, "somebody's folder"));
  mkdirSync(join(home, nameAt(new Date(Date.UTC(2020, 0, 1)))));
  expect(listBackups(home)).toHaveLength(4);
  expect(pruneBackups(home, 2)).toEqual([join(home, days[0] ?? ""), join(home, days[1] ?? "")]);
  expect(readdirSync(home).sort()).toEqual(
    ["infirmary-20200101T000000Z", `${days[0]}.partial`, days[2], days[3], "somebody's folder"].sort(),
  );
  expect(listBackups(join(folder, "nowhere"))).toEqual([]);
});

it("makes one key, for its owner alone to read, and uses it again", async () => {
  const keys = join(folder, "keys");
  const first = await backupKey({}, keys);
  expect(first).toMatchObject({ isNew: true, recipient: expect.stringMatching(/^age1/) });
  expect(statSync(join(keys, "backup-identity")).mode & 0o777).toBe(0o600);
  expect(await backupKey({}, keys)).toEqual({ ...first, isNew: false });
  expect(identityFrom(undefined, keys)).toBe(first.identity);
});

it("encrypts for the operator's recipient, whose key it need not have", async () => {
  const keys = join(folder, "none");
  const recipient = await recipientOf(await newIdentity());
  expect(await backupKey({ BACKUP_RECIPIENT: recipient }, keys)).toEqual({
    recipient,
    identity: undefined,
    isNew: false,
  });
  expect(() => identityFrom(undefined, keys)).toThrow("--identity=<file>");
});

it("says which table came back with less", () => {
  const before = { counts: { patient: 10, event: 5 }, newestAt: null };
  expect(losses(before, { counts: { patient: 11, event: 5 }, newestAt: null })).toEqual([]);
  expect(losses(before, { counts: { patient: 9 }, newestAt: null })).toEqual([
    "patient has 9 rows, 10 were there before the backup.",
    "event has 0 rows, 5 were there before the backup.",
  ]);
});
