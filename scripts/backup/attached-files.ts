import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";

/**
 * Copies the attached files that are not there yet. They are encrypted, never change and never go, so one copy serves every backup, and
 * one made after the database's holds all that the database names. Answers how many were copied.
 */
export function copyAttachedFiles(from: string, to: string): number {
  if (!existsSync(from)) return 0;
  let copied = 0;
  for (const tenant of readdirSync(from)) {
    mkdirSync(join(to, tenant), { recursive: true, mode: 0o700 });
    const known = new Set(readdirSync(join(to, tenant)));
    for (const name of readdirSync(join(from, tenant)).filter((file) => !file.endsWith(".part") && !known.has(file))) {
      const target = join(to, tenant, name);
      copyFileSync(join(from, tenant, name), `${target}.part`);
      renameSync(`${target}.part`, target);
      copied++;
    }
  }
  return copied;
}
