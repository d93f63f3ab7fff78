import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { aloneInCheckout } from "./checkout-lock.ts";

const NOT_INPUTS = new Set(["node_modules", ".next", ".turbo", "build", "coverage", "generated", "test-results"]);

/** Tests, and what compilers leave beside their sources. */
const NOT_INPUT = /\.test\.tsx?$|^next-env\.d\.ts$|\.tsbuildinfo$/;

/**
 * Does work only when what it is made from has changed since the last time.
 * @param stampFile remembers the inputs; kept beside the result, so that deleting the result deletes it too
 * @param inputs files and folders; tests in them do not count
 * @returns whether there was anything to do
 */
export async function onceFor(stampFile: string, inputs: string[], work: () => Promise<unknown>): Promise<boolean> {
  const isCurrent = () => existsSync(stampFile) && readFileSync(stampFile, "utf8") === fingerprint(inputs);
  if (isCurrent()) return false;
  return aloneInCheckout(async () => {
    // Whoever had the checkout before may just have done it.
    if (isCurrent()) return false;
    // Taken before the work: a source saved while it ran is built in the next time.
    const made = fingerprint(inputs);
    rmSync(stampFile, { force: true });
    await work();
    mkdirSync(dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, made);
    return true;
  });
}

/** SHA-256 over names and contents. */
export function fingerprint(inputs: string[]): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of inputs.flatMap(filesUnder)) {
    const bytes = readFileSync(file);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .filter((name) => !NOT_INPUTS.has(name) && !NOT_INPUT.test(name))
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
