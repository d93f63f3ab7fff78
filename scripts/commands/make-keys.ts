import { resolve } from "node:path";
import { envSchema } from "../../apps/api/src/core/env.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { ensureKeys } from "../setup/keys.ts";
import { runCommand } from "./run-command.ts";

/**
 * `node scripts/commands/make-keys.ts <folder>`: generates every key that is missing in the folder (mode 0600) and
 * leaves those that are there. What `npm start` does by itself; where the processes are containers, this fills the
 * secret store once.
 */
await runCommand(async () => {
  const [folder] = process.argv.slice(2);
  if (!folder) throw new PlainError("Say which folder: node scripts/commands/make-keys.ts <folder>");
  const made: string[] = [];
  ensureKeys(envSchema.parse({}) as Parameters<typeof ensureKeys>[0], resolve(folder), (name) => made.push(name));
  process.stdout.write(
    made.length === 0
      ? `Every key is in ${folder} already.\n`
      : `Made ${made.join(", ")} in ${folder}.\nWithout them no sealed field can be read again: keep a copy, and never with the database's.\n`,
  );
  return 0;
});
