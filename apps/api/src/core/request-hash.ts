import { cutils } from "@infirmary/native";

/** A hash of a request's input that does not depend on the order of its fields. */
export function sha256Of(input: unknown): Uint8Array {
  return cutils.sha256(JSON.stringify(sorted(input)) ?? "");
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Uint8Array) return cutils.sha256Hex(value);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
