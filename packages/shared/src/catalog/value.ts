import { isDecimal } from "./decimal.ts";

/** What kind of answer a test gives. */
export const valueTypes = ["NUMERIC", "TEXT", "CODED", "RATIO", "TITRE"] as const;
export type ValueType = (typeof valueTypes)[number];
export const valueTypeNames: Record<ValueType, string> = {
  NUMERIC: "Number",
  TEXT: "Text",
  CODED: "Choice of answers",
  RATIO: "Ratio",
  TITRE: "Titre",
};

/** A value as written, and what can be compared of it: `< 0.01` is the comparator and 0.01. */
export type ReadValue = { text: string; comparator: "" | "<" | "<=" | ">" | ">="; number: string | null };

/**
 * Reads a value as a technician writes it and keeps it as written. A number may carry `<`, `>`, `<=` or `>=`; a ratio is `2:1`, a titre
 * `1:40` (`<1:10`); a coded value is one of the answers. Answers a sentence where it is none of these.
 */
export function readValue(
  written: string,
  { valueType, answers }: { valueType: ValueType; answers: readonly string[] },
): ReadValue | string {
  const text = written.trim();
  if (text === "") return "Write a value.";
  const [, comparator = "", rest = ""] = /^([<>]=?)?\s*(.*)$/su.exec(text) ?? [];
  const read = (number: string | null): ReadValue => ({
    text,
    comparator: comparator as ReadValue["comparator"],
    number,
  });
  switch (valueType) {
    case "NUMERIC":
      return isDecimal(rest) ? read(rest) : "Write a number, as in 4.1 or <0.01.";
    case "RATIO":
      return /^\d+(\.\d+)?\s*[:/]\s*\d+(\.\d+)?$/.test(rest) ? read(null) : "Write a ratio, as in 2:1.";
    case "TITRE": {
      const titre = /^1\s*:\s*(\d+)$/.exec(rest)?.[1];
      return titre === undefined ? "Write a titre, as in 1:40." : read(titre);
    }
    case "CODED": {
      const known = answers.find((answer) => answer.toLowerCase() === text.toLowerCase());
      return known === undefined ? "Choose one of the answers." : { text: known, comparator: "", number: null };
    }
    case "TEXT":
      return { text, comparator: "", number: null };
  }
}
