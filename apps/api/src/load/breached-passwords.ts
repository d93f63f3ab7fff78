import { join } from "node:path";
import { parseArgs } from "node:util";
import { ListError, writeList } from "../core/breached/write-list.ts";
import { EnvError, readEnv } from "../core/env.ts";

/**
 * `node apps/api/src/load/breached-passwords.ts <file or folder> [--seen=100]`: makes the list that every new password is compared with, of Have I Been
 * Pwned's SHA-1 hashes ordered by hash. `--seen` leaves out what was seen less often. Prints one line.
 */
try {
  const env = readEnv();
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seen: { type: "string", default: "1" } },
  });
  const [from] = positionals;
  const seenMin = Number(values.seen);
  if (!from || !Number.isInteger(seenMin) || seenMin < 1)
    throw new EnvError(
      "Name the file, or the folder of ranges, with the hashes ordered by hash; --seen is a whole number.",
    );
  const to = env.BREACHED_PASSWORDS_FILE ?? join(env.INFIRMARY_DATA, "breached-passwords.bin");
  process.stdout.write(`${await writeList(from, to, { seenMin })} passwords in ${to}\n`);
} catch (error) {
  if (!(error instanceof EnvError) && !(error instanceof ListError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
