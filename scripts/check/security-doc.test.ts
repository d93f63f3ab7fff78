import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/security.md"), "utf8");
const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|(.*)\|$/gm)];

/** How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has. */
const sections =
  "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2";

describe("docs/security.md", () => {
  it("answers all 253 requirements of ASVS 5.0.0, levels 1 and 2, each once", () => {
    const ids = rows.map((row) => row[1] ?? "");
    expect(ids).toHaveLength(253);
    expect(new Set(ids).size).toBe(253);
    const counted = new Map<string, number>();
    for (const id of ids) {
      const section = id.split(".").slice(0, 2).join(".");
      counted.set(section, (counted.get(section) ?? 0) + 1);
    }
    expect([...counted].map(([section, count]) => `${section}:${count}`).join(" ")).toBe(sections);
  });

  it("says of each how it stands, and why", () => {
    for (const [, id, , , state = "", why = ""] of rows) {
      expect(["met", "**part**", "**open**", "not applicable"], id).toContain(state);
      if (state !== "**open**") expect(why.trim(), id).not.toBe("");
    }
    const counts = (wanted: string) => rows.filter((row) => row[4] === wanted).length;
    expect(page).toContain(
      `Met ${counts("met")}, in part ${counts("**part**")}, open ${counts("**open**")}, not applicable ${counts("not applicable")}.`,
    );
  });

  it.each(["docs/security.md", "docs/threats.md"])("%s names no file that is not there", (name) => {
    const text = readFileSync(join(root, name), "utf8");
    const files = [...text.matchAll(/`((?:apps|packages|scripts|docs|docker|e2e)\/[^`\s]+)`/g)].map(
      (match) => match[1] ?? "",
    );
    const linked = [...text.matchAll(/\]\(((?!http)[^)#]+)\)/g)].map((match) => `docs/${match[1]}`);
    expect([...files, ...linked].filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});
