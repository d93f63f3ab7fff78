/**
 * A value as canonical JSON (RFC 8785): members sorted by UTF-16 code units, no white space, numbers and texts as ECMAScript writes them.
 * What JSON cannot hold is written as JSON.stringify would; half of a surrogate pair becomes U+FFFD, as in UTF-8.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.toWellFormed());
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (hasToJson(value)) return canonicalJson(value.toJSON());
  const members = value as Record<string, unknown>;
  const parts: string[] = [];
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined || typeof member === "function") continue;
    parts.push(`${JSON.stringify(key.toWellFormed())}:${canonicalJson(member)}`);
  }
  return `{${parts.join(",")}}`;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}
