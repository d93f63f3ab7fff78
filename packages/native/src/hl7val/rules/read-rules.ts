/** Reads hl7.txt into plain data. A line it does not understand is an error with its number. */

export const versions = ["2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8"] as const;

export type Issue = { code: string; hl7: number; strict: string; tolerant: string; text: string; hint: string };
export type Values = { number: string; strict: boolean; codes: string[] };
export type DataType = { name: string; kind: string; components: string[] };
export type Need = "O" | "C" | "R" | "r" | "W";
export type Field = { type: string; typeVital: boolean; need: Need; repeats: number; length: number; table: string };
/** Fields of one segment by version; a field that a version does not have is undefined. */
export type Segment = { name: string; since: number; byVersion: Field[][] };
export type Node = {
  name: string;
  repeats: boolean;
  required: number;
  vital: boolean;
  choice: boolean;
  children: Node[];
};
export type Structure = { name: string; root: Node };
export type Event = { type: string; event: string; structure: string };
export type Rules = {
  issues: Issue[];
  values: Values[];
  types: DataType[];
  structures: Structure[];
  anywhere: string[];
  events: Event[];
  segments: Segment[];
  others: string[];
};

/** "Never required" as an index of a version. */
export const never = 255;

export function readRules(text: string): Rules {
  const rules: Rules = {
    issues: [],
    values: [],
    types: [],
    structures: [],
    anywhere: [],
    events: [],
    segments: [],
    others: [],
  };
  let section = "";
  for (const [i, line] of text.split("\n").entries()) {
    if (line.startsWith("#") || line.trim() === "") continue;
    const heading = /^== (.+) ==$/.exec(line);
    if (heading) {
      section = heading[1] ?? "";
      continue;
    }
    try {
      readLine(rules, section, line);
    } catch (cause) {
      throw new Error(`hl7.txt:${i + 1}: ${line}`, { cause });
    }
  }
  return rules;
}

function readLine(rules: Rules, section: string, line: string): void {
  switch (section) {
    case "issues": {
      const [code = "", hl7, strict = "", tolerant = "", text = "", hint = ""] = line
        .split("|")
        .map((cell) => cell.trim());
      rules.issues.push({ code, hl7: Number(hl7), strict, tolerant, text, hint });
      return;
    }
    case "values": {
      const [head = "", ...codes] = line.split(/ +/);
      rules.values.push({ number: head.slice(0, 4), strict: head.endsWith("!"), codes: codes.sort() });
      return;
    }
    case "types": {
      const [name = "", rest = ""] = line.split("=").map((cell) => cell.trim());
      const isKind = /^[a-z]+$/.test(rest);
      rules.types.push({ name, kind: isKind ? rest : "composite", components: isKind ? [] : rest.split(/ +/) });
      return;
    }
    case "structures": {
      const [name = "", rest = ""] = line.split("=").map((cell) => cell.trim());
      if (name === "anywhere") rules.anywhere = rest.split(/ +/);
      else rules.structures.push({ name, root: readGrammar(rest) });
      return;
    }
    case "events": {
      const [names = "", structure = ""] = line.split("=").map((cell) => cell.trim());
      const [type = "", ...events] = names.split(/ +/);
      for (const event of events) rules.events.push({ type, event: event === "-" ? "" : event, structure });
      return;
    }
    case "segments":
      readSegmentLine(rules.segments, line);
      return;
    case "other segments":
      rules.others.push(...line.split(/ +/));
      return;
    default:
      throw new Error(`unknown section ${section}`);
  }
}

/** The value that a cell like O/R@2.4 has in each version. */
function byVersion(cell: string): string[] {
  const steps = cell.split("/").map((step) => {
    const [value = "", from = "2.1"] = step.split("@");
    return { value, from: versionIndex(from) };
  });
  return versions.map((_, v) => steps.findLast((step) => step.from <= v)?.value ?? "");
}

function versionIndex(version: string): number {
  const index = versions.indexOf(version as (typeof versions)[number]);
  if (index < 0) throw new Error(`no such version: ${version}`);
  return index;
}

function readSegmentLine(segments: Segment[], line: string): void {
  const heading = /^([A-Z][A-Z0-9]{2}) {2}/.exec(line);
  if (heading) {
    segments.push({ name: heading[1] ?? "", since: 0, byVersion: versions.map(() => []) });
    return;
  }
  const [number = "", since = "", type = "", need = "", repeats = "", length = "", table = ""] = line
    .trim()
    .split(/ +/);
  const segment = segments.at(-1);
  if (!segment || !/^\d+$/.test(number)) throw new Error("a field outside a segment");
  const from = versionIndex(since);
  if (number === "1") segment.since = from;
  const [types, needs, repetitions] = [byVersion(type), byVersion(need), byVersion(repeats)];
  for (let v = from; v < versions.length; v++) {
    const typeName = types[v] ?? "";
    segment.byVersion[v]?.push({
      type: typeName.replace("!", ""),
      typeVital: typeName.endsWith("!"),
      need: (needs[v] ?? "O") as Need,
      repeats: repetitions[v] === "*" ? 0 : Number(repetitions[v]),
      length: length === "-" ? 0 : Number(length),
      table,
    });
    if (segment.byVersion[v]?.length !== Number(number)) throw new Error("fields are not in order");
  }
}

/** Reads [a] {b} <c|d> into a tree. */
function readGrammar(text: string): Node {
  const tokens: string[] = text.match(/[[\]{}<>|]|[A-Z][A-Z0-9]{2}!?(?:@[0-9.]+)?/g) ?? [];
  if (tokens.join("") !== text.replaceAll(" ", "")) throw new Error("not an abstract message");
  tokens.push("end");
  let at = 0;
  const group = (choice: boolean): Node => ({
    name: "",
    repeats: false,
    required: 0,
    vital: false,
    choice,
    children: [],
  });
  const readUntil = (close: string, node: Node): Node => {
    for (let token = tokens[at++]; token !== close; token = tokens[at++]) {
      if (token === undefined) throw new Error(`${close} is missing`);
      if (token === "|") continue;
      node.children.push(token === "[" || token === "{" || token === "<" ? readGroup(token) : readName(token));
    }
    return node;
  };
  const readGroup = (open: string): Node => {
    const close = { "[": "]", "{": "}", "<": ">" }[open] ?? "";
    const inner = readUntil(close, group(open === "<"));
    const [only] = inner.children;
    const node = only && inner.children.length === 1 ? only : inner;
    if (open === "{") node.repeats = true;
    if (open === "[") node.required = never;
    return node;
  };
  return readUntil("end", { ...group(false), children: [] });

  function readName(token: string): Node {
    const [name = "", from] = token.split("@");
    const required = from ? versionIndex(from) : 0;
    return { name: name.slice(0, 3), repeats: false, required, vital: name.endsWith("!"), choice: false, children: [] };
  }
}
