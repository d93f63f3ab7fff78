import type { Connection } from "@infirmary/db/client";
import type { LoincLine, UnitLine } from "./read-catalogue-file.ts";

/** So many rows a statement. */
const batch = 5_000;

/** Takes an edition of LOINC in: codes are added, and what is said of known ones follows the file. Answers how many it has. */
export async function loadLoinc(connection: Connection, lines: readonly LoincLine[]): Promise<number> {
  for (let from = 0; from < lines.length; from += batch) {
    await connection.query(
      `INSERT INTO loinc_code (code, long_name, short_name, class, system, scale, example_unit, status)
       SELECT code, "longName", "shortName", class, system, scale, "exampleUnit", status
         FROM jsonb_to_recordset($1) r (code text, "longName" text, "shortName" text, class text, system text, scale text, "exampleUnit" text, status text)
       ON CONFLICT (code) DO UPDATE SET long_name = EXCLUDED.long_name, short_name = EXCLUDED.short_name, class = EXCLUDED.class, system = EXCLUDED.system,
         scale = EXCLUDED.scale, example_unit = EXCLUDED.example_unit, status = EXCLUDED.status`,
      [JSON.stringify(lines.slice(from, from + batch))],
    );
  }
  return lines.length;
}

/** Takes the units of an edition of UCUM in. Answers how many it has. */
export async function loadUcum(connection: Connection, lines: readonly UnitLine[]): Promise<number> {
  await connection.query(
    `INSERT INTO ucum_unit (code, name, print_symbol, property)
     SELECT code, name, "printSymbol", property FROM jsonb_to_recordset($1) r (code text, name text, "printSymbol" text, property text)
     ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name, print_symbol = EXCLUDED.print_symbol, property = EXCLUDED.property`,
    [JSON.stringify(lines)],
  );
  return lines.length;
}
