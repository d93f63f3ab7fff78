import type { KeyObject } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./findings.ts";
import { isSignedBy, sha256 } from "./format.ts";

export type AnchorLine = Record<"tenantId" | "chain" | "keyId" | "signature" | "place", string> & {
  number: number;
  previous?: string;
};
type Keys = ReadonlyMap<string, KeyObject>;

/**
 * Reads anchors: a file of lines, or a folder of objects as copied from a store; `newest`: of a file the last ones only. What is not
 * as it was written is a finding.
 */
export function readAnchors(
  path: string,
  keys: Keys,
  newest = Number.POSITIVE_INFINITY,
): { lines: AnchorLine[]; findings: Finding[] } {
  const lines: AnchorLine[] = [];
  const findings: Finding[] = [];
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const all = isFolder ? objectsIn(path) : linesIn(path);
  let previous = all.length > newest ? sha256(all[all.length - newest - 1]?.text ?? "") : "0".repeat(64);
  for (const { place, text } of all.slice(Math.max(0, all.length - newest))) {
    const line = parse(text, place);
    const fault = isFolder || line?.previous === previous ? faultOf(line, keys) : "does not follow the one before it";
    if (line && !fault) lines.push(line);
    else findings.push({ kind: "anchor-changed", tenantId: line?.tenantId ?? null, place, detail: `It ${fault}.` });
    previous = sha256(text);
  }
  return { lines, findings };
}

function linesIn(path: string) {
  const texts = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  return texts.map((text, index) => ({ place: `${path}:${index + 1}`, text })).filter(({ text }) => text !== "");
}

function objectsIn(path: string) {
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => ({ place: join(path, name), text: readFileSync(join(path, name), "utf8") }));
}

function faultOf(line: AnchorLine | null, keys: Keys): string | null {
  if (!line) return "cannot be read";
  const key = keys.get(line.keyId);
  if (!key) return `is signed with the key ${line.keyId}, which is not trusted`;
  return isSignedBy(key, line.chain, line.signature) ? null : "has a signature that does not fit";
}

function parse(text: string, place: string): AnchorLine | null {
  try {
    return { ...(JSON.parse(text) as AnchorLine), place };
  } catch {
    return null;
  }
}
