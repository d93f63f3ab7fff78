import { normaliseIcdCode } from "@infirmary/shared/diagnosis";

export type CodeLine = { code: string; title: string; isBillable: boolean };

/**
 * Reads a file of ICD-10-CM in a layout its publishers hand out: the order file of CMS (fixed width: order number, code without its dot
 * from column 7, 1 for billable in column 15, long title from column 78), or a table with a head naming `code`, `description` and
 * `billable`, separated by commas. @throws Error naming the line that cannot be read
 */
export function readCodeFile(text: string): CodeLine[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const isTable = /^"?code"?,/i.test(lines[0] ?? "");
  const read = isTable ? tableReader(lines.shift() ?? "") : readOrderLine;
  return lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const found = read(line);
    const code = found && normaliseIcdCode(found.code);
    if (!found || !code || found.title === "")
      throw new Error(`Line ${index + (isTable ? 2 : 1)} is no line of an ICD-10-CM file.`);
    return [{ ...found, code }];
  });
}

type Reader = (line: string) => CodeLine | null;

const readOrderLine: Reader = (line) => {
  const parts = /^\d{5} ([A-Z0-9]{3,7}) +([01]) .{60} (.+)$/.exec(line);
  return parts?.[1] && parts[3] ? { code: parts[1], isBillable: parts[2] === "1", title: parts[3].trim() } : null;
};

function tableReader(head: string): Reader {
  const names = cellsOf(head).map((name) => name.toLowerCase());
  const [code, title, billable] = ["code", "description", "billable"].map((name) => names.indexOf(name));
  return (line) => {
    const cells = cellsOf(line);
    const cell = (index: number | undefined) => (index === undefined ? undefined : cells[index]?.trim());
    const [codeText, titleText] = [cell(code), cell(title)];
    if (!codeText || !titleText) return null;
    return { code: codeText, title: titleText, isBillable: cell(billable) !== "0" };
  };
}

/** The cells of a line of comma-separated values; quotes are doubled inside quotes (RFC 4180). */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
