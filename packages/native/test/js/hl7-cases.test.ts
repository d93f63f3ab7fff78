import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { goldenCases } from "./hl7-fixtures.ts";

// The same files are run against the C library by test/c/hl7val_golden.c.
const folder = new URL("../cases/hl7val/", import.meta.url);

function answer(bytes: Uint8Array, line: string): string {
  const [, path = ""] = /^(?:get|absent) (\S+)/.exec(line) ?? [];
  const value = hl7.parse(bytes).get(path);
  const shown = value?.replaceAll("\n", "<0A>").replaceAll("\r", "<0D>");
  return shown === undefined ? `absent ${path}` : `get ${path} = ${shown}`;
}

describe.each(readdirSync(folder))("%s", (file) => {
  it.each(goldenCases(new URL(file, folder)))("$title", ({ bytes, expected }) => {
    const report = hl7.validate(bytes);
    const said = [
      `ack ${report.ack ?? "none"}`,
      `disposition ${report.disposition}`,
      ...report.issues.map(
        (issue) =>
          `${issue.path || "-"} ${issue.code} ${issue.line} ${issue.offset}+${issue.length} ${issue.disposition}`,
      ),
      ...expected.filter((line) => /^(?:get|absent) /.test(line)).map((line) => answer(bytes, line)),
    ];
    expect(said).toEqual(expected);
  });
});
