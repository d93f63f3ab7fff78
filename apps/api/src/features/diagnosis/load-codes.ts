import type { Connection } from "@infirmary/db/client";
import type { CodeLine } from "./read-code-file.ts";

/** So many codes a statement. */
const batch = 5_000;

/**
 * Takes the codes of an edition into the catalogue: new ones are added, titles and billability of known ones follow the file; what people
 * call them, and codes the file no longer has (records name them), stay. Answers how many there are in the file.
 */
export async function loadCodes(connection: Connection, codes: readonly CodeLine[]): Promise<number> {
  for (let from = 0; from < codes.length; from += batch) {
    const part = codes.slice(from, from + batch);
    await connection.query(
      `INSERT INTO diagnosis_code (code, title, is_billable) SELECT * FROM unnest($1::text[], $2::text[], $3::boolean[])
       ON CONFLICT (code) DO UPDATE SET title = EXCLUDED.title, is_billable = EXCLUDED.is_billable
        WHERE (diagnosis_code.title, diagnosis_code.is_billable) IS DISTINCT FROM (EXCLUDED.title, EXCLUDED.is_billable)`,
      [part.map(({ code }) => code), part.map(({ title }) => title), part.map(({ isBillable }) => isBillable)],
    );
  }
  return codes.length;
}
