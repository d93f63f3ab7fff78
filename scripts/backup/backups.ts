import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readLabel } from "../../packages/db/src/backup/index.ts";

/** A backup's folder is named after when it began, in UTC: sorting by name sorts by age. */
export const nameAt = (at: Date): string => `infirmary-${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

const isName = (name: string) => /^infirmary-\d{8}T\d{6}Z$/.test(name);

/** The finished backups in a folder, the oldest first. */
export function listBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(isName)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => isFinished(path));
}

/** Deletes the oldest until `keep` are left. Nothing but finished backups is touched. @returns the deleted */
export function pruneBackups(folder: string, keep: number): string[] {
  const old = listBackups(folder).slice(0, -keep);
  for (const path of old) rmSync(path, { recursive: true, force: true });
  return old;
}

function isFinished(path: string): boolean {
  try {
    readLabel(path);
    return true;
  } catch {
    return false;
  }
}
