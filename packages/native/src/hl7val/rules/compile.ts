/**
 * Turns hl7.txt into ../rules.inc, ../issues.inc and ../tables.inc. Run it after every change of hl7.txt:
 *   node src/hl7val/rules/compile.ts          writes the files
 *   node src/hl7val/rules/compile.ts --check  fails when they are not what hl7.txt says
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Field, type Node, type Rules, readRules, versions } from "./read-rules.ts";

const fieldFlags = { O: 0, C: 0, R: 1, r: 2, W: 4 } as const;

/** "PID" as the number that the index holds. */
const pack = (name: string): string =>
  `0x${[...name].reduce((value, letter) => (value << 8) | letter.charCodeAt(0), 0).toString(16)}`;
/** The first eight letters of a code as one number, so that most comparisons are one instruction. */
const head64 = (code: string): string =>
  `0x${[...code.slice(0, 8)].reduce((value, letter) => (value << 8n) | BigInt(letter.charCodeAt(0)), 0n).toString(16)}u`;
const quote = (text: string): string => JSON.stringify(text);
const head = "/* Made of rules/hl7.txt by rules/compile.ts. Do not edit. */\n";

/** Lines of items, as many as fit. */
function wrap(items: string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    if (line.length + item.length > 115) {
      lines.push(line);
      line = "";
    }
    line += ` ${item},`;
  }
  return [...lines, line].map((text) => ` ${text}\n`).join("");
}

const array = (type: string, name: string, items: string[]): string =>
  `static const ${type} ${name}[${items.length}] = {\n${wrap(items)}};\n`;

function issueLines(rules: Rules): string {
  return rules.issues
    .map(({ code, hl7, strict, tolerant, text, hint }) => {
      const name = code.replaceAll("-", "_").toUpperCase();
      const levels = `LEVEL_${strict.toUpperCase()}, STANCE_${tolerant.toUpperCase()}`;
      return `ISSUE(${name}, ${quote(code)}, ${hl7}, ${levels}, ${quote(text)}, ${quote(hint)})\n`;
    })
    .join("");
}

function typeTables(rules: Rules): string {
  const index = new Map(rules.types.map((type, i) => [type.name, i]));
  const components: string[] = [];
  const rows = rules.types.map(({ name, kind, components: parts }) => {
    const row = `{${head64(name)}, ${quote(name)}, KIND_${kind.toUpperCase()}, ${parts.length}, ${components.length}}`;
    components.push(...parts.map((part) => String(must(index.get(part), part))));
    return row;
  });
  return array("rule_type", "rule_types", rows) + array("uint8_t", "rule_components", components);
}

function valueTables(rules: Rules): string {
  const codes: string[] = [];
  const rows = rules.values.map(({ number, strict, codes: own }) => {
    const row = `{${Number(number)}, ${strict}, ${codes.length}, ${own.length}}`;
    codes.push(...own.map((code) => `{${head64(code)}, ${quote(code)}, ${code.length}}`));
    return row;
  });
  return array("rule_table", "rule_tables", rows) + array("rule_code", "rule_codes", codes);
}

function segmentTables(rules: Rules): string {
  const typeIndex = new Map(rules.types.map((type, i) => [type.name, i]));
  const tableIndex = new Map(rules.values.map((table, i) => [table.number, i + 1]));
  const row = (field: Field): string => {
    const tableVital = field.table.endsWith("!") ? 16 : 0;
    const flags = fieldFlags[field.need] | (field.typeVital ? 8 : 0) | tableVital;
    const table = field.table === "-" ? 0 : must(tableIndex.get(field.table.slice(0, 4)), field.table);
    return `{${must(typeIndex.get(field.type), field.type)}, ${flags}, ${field.repeats}, ${table}, ${field.length}}`;
  };
  const fields: string[] = [];
  const segments = [...rules.segments]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, byVersion }) => {
      const seen = new Map<string, number>();
      const firsts = byVersion.map((own) => {
        const rows = own.map(row);
        const key = rows.join();
        const first = seen.get(key) ?? fields.length;
        if (!seen.has(key)) fields.push(...rows);
        seen.set(key, first);
        return first;
      });
      return `{${pack(name)}, {${firsts.join(", ")}}, {${byVersion.map((own) => own.length).join(", ")}}}`;
    });
  return array("rule_field", "rule_fields", fields) + array("rule_segment", "rule_segments", segments);
}

function structureTables(rules: Rules): string {
  const nodes: string[] = [];
  const rows = rules.structures.map(({ name, root }) => {
    const own: string[] = [];
    flatten(root, 0, own);
    const row = `{${quote(name)}, ${nodes.length}, ${own.length}}`;
    nodes.push(...own);
    return row;
  });
  const structureIndex = new Map(rules.structures.map((structure, i) => [structure.name, i]));
  const events = rules.events.map(({ type, event, structure }) => {
    const packed = event === "" ? "0" : event === "*" ? "1" : pack(event);
    return `{${pack(type)}, ${packed}, ${must(structureIndex.get(structure), structure)}}`;
  });
  return (
    array("rule_node", "rule_nodes", nodes) +
    array("rule_structure", "rule_structures", rows) +
    array("rule_event", "rule_events", events)
  );
}

/** Appends node and what it holds; positions count from the root. */
function flatten(node: Node, parent: number, out: string[]): void {
  const at = out.push("") - 1;
  for (const child of node.children) flatten(child, at, out);
  const flags = (node.repeats ? 1 : 0) | (node.vital ? 2 : 0) | (node.choice ? 4 : 0);
  const name = node.name ? pack(node.name) : "0";
  out[at] = `{${name}, ${out.length}, ${parent}, ${flags}, ${node.required}}`;
}

function must<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`hl7.txt uses ${name} without defining it`);
  return value;
}

const folder = new URL("./", import.meta.url);
/** Every value type that OBX-2 may name needs a data type to check OBX-5 by. */
function checkValueTypes(rules: Rules): void {
  const known = new Set(rules.types.map(({ name }) => name));
  const values = rules.values.find(({ number }) => number === "0125");
  for (const code of values?.codes ?? []) must(known.has(code) || undefined, code);
}

const rules = readRules(readFileSync(new URL("hl7.txt", folder), "utf8"));
checkValueTypes(rules);
const known = [...new Set([...rules.others, ...rules.segments.map(({ name }) => name)])].sort().map(pack);
const files = {
  "../issues.inc": `${head}${issueLines(rules)}`,
  "../tables.inc": `${head}${rules.values.map(({ number }, i) => `TABLE_${number} = ${i + 1},\n`).join("")}`,
  "../rules.inc": [
    head,
    `static const char rule_versions[${versions.length}][8] = {${versions.map(quote).join(", ")}};\n`,
    typeTables(rules),
    valueTables(rules),
    segmentTables(rules),
    structureTables(rules),
    array("uint32_t", "rule_anywhere", rules.anywhere.map(pack)),
    array("uint32_t", "rule_known_segments", known),
  ].join(""),
};
for (const [name, text] of Object.entries(files)) {
  const file = new URL(name, folder);
  if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
  if (process.argv.includes("--check")) throw new Error(`${name} is not what hl7.txt says: run rules/compile.ts`);
  writeFileSync(file, text);
}
