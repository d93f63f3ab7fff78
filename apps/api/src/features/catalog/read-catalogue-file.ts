import { isLoincCode } from "@infirmary/shared/catalog";

export type LoincLine = {
  code: string;
  longName: string;
  shortName: string | null;
  class: string | null;
  system: string | null;
  scale: string | null;
  exampleUnit: string | null;
  status: string;
};
export type UnitLine = { code: string; name: string; printSymbol: string | null; property: string | null };

/**
 * Reads LOINC's table in the layout its publisher hands out (Loinc.csv or LoincTableCore.csv: a head naming LOINC_NUM, LONG_COMMON_NAME and
 * so on). @throws Error naming the line that cannot be read
 */
export function readLoincFile(text: string): LoincLine[] {
  const rows = rowsOf(text.replace(/^\uFEFF/, ""));
  const head = rows.shift()?.map((name) => name.toUpperCase()) ?? [];
  const at = (name: string) => head.indexOf(name);
  const [code, name] = [at("LOINC_NUM"), at("LONG_COMMON_NAME")];
  if (code < 0 || name < 0)
    throw new Error("This is no table of LOINC: its head names no LOINC_NUM and LONG_COMMON_NAME.");
  return rows.flatMap((row, index) => {
    if (row.length === 1 && row[0] === "") return [];
    const cell = (column: number) => (column < 0 ? null : row[column]?.trim() || null);
    const [loinc, longName] = [cell(code), cell(name)];
    if (!loinc || !longName || !isLoincCode(loinc)) throw new Error(`Row ${index + 2} is no row of LOINC's table.`);
    return [
      {
        code: loinc,
        longName,
        shortName: cell(at("SHORTNAME")),
        class: cell(at("CLASS")),
        system: cell(at("SYSTEM")),
        scale: cell(at("SCALE_TYP")),
        exampleUnit: cell(at("EXAMPLE_UCUM_UNITS")),
        status: cell(at("STATUS")) ?? "ACTIVE",
      },
    ];
  });
}

/** The cells of a text of comma-separated values; a quoted cell may hold line ends, quotes are doubled inside quotes (RFC 4180). */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  return rows;
}

const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'" };
const plainText = (xml: string) =>
  xml
    .replace(/<[^>]*>/g, "")
    .replace(/&\w+;/g, (entity) => entities[entity] ?? entity)
    .replace(/\s+/g, " ")
    .trim();

/** Reads ucum-essence.xml, the machine-readable form of UCUM: its base units and units. @throws Error where the file has none */
export function readUcumFile(xml: string): UnitLine[] {
  const units = [...xml.matchAll(/<(base-unit|unit)\s([^>]*)>([\s\S]*?)<\/\1>/g)].flatMap(
    ([, , attributes = "", body = ""]) => {
      const code = /\bCode="([^"]*)"/.exec(attributes)?.[1];
      const inside = (tag: string) => {
        const found = new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`).exec(body)?.[1];
        return found === undefined ? null : plainText(found) || null;
      };
      if (!code) return [];
      const symbol = plainText(code);
      return [
        {
          code: symbol,
          name: inside("name") ?? symbol,
          printSymbol: inside("printSymbol"),
          property: inside("property"),
        },
      ];
    },
  );
  if (units.length === 0) throw new Error("This is no ucum-essence.xml: it names no units.");
  return units;
}
