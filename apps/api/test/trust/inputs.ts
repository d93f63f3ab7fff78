import { z } from "zod";
import type { ProcedureMeta } from "../../src/core/trpc.ts";
import { appRouter } from "../../src/router.ts";

type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  maxLength?: number;
  maxItems?: number;
  minItems?: number;
  minimum?: number;
  propertyNames?: Schema;
  additionalProperties?: Schema | boolean;
  pattern?: string;
};
export type Path = readonly (string | number)[];
export type Leaf = { path: Path; type: "string" | "number" | "boolean" | "other"; schema: Schema };
export type Procedure = {
  name: string;
  type: "query" | "mutation" | "subscription";
  meta: ProcedureMeta;
  schema: Schema | null;
  /** Every scalar that the input can hold. */
  leaves: Leaf[];
  /** Every list it can hold. */
  lists: { path: Path; schema: Schema }[];
};

/** Every procedure with what it takes: generated from the router, so a new one is tested by being there. */
export const procedures: Procedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<
    string,
    { _def: { type: Procedure["type"]; meta: ProcedureMeta; inputs: z.ZodType[] } }
  >,
).map(([name, { _def }]) => {
  const [input] = _def.inputs;
  const schema = input
    ? (z.toJSONSchema(input, { io: "input", unrepresentable: "any", reused: "inline" }) as Schema)
    : null;
  const found: Pick<Procedure, "leaves" | "lists"> = { leaves: [], lists: [] };
  if (schema) walk(schema, [], found);
  return { name, type: _def.type, meta: _def.meta, schema, ...found };
});

function walk(schema: Schema, path: Path, found: Pick<Procedure, "leaves" | "lists">): void {
  for (const branch of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
    walk(branch, path, found);
  const types = [schema.type ?? []].flat();
  if (schema.properties) {
    for (const [key, inner] of Object.entries(schema.properties)) walk(inner, [...path, key], found);
  } else if (types.includes("array")) {
    found.lists.push({ path, schema });
    if (schema.items) walk(schema.items, [...path, 0], found);
  } else if (types.includes("object")) {
    if (typeof schema.additionalProperties === "object") walk(schema.additionalProperties, [...path, "key"], found);
  } else {
    for (const type of types.filter((one) => one !== "null")) {
      const known =
        type === "string" || type === "boolean" ? type : type === "integer" || type === "number" ? "number" : "other";
      if (!found.leaves.some((leaf) => leaf.path.join() === path.join() && leaf.type === known))
        found.leaves.push({ path, type: known, schema });
    }
  }
}

/** The smallest input that has a place for `path`, with `value` there. */
export function inputWith(schema: Schema | null, path: Path, value: unknown): unknown {
  const sample = schema ? sampleOf(schema) : {};
  return placed(sample, path, value);
}

function placed(at: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (typeof key === "number") return [placed((at as unknown[] | undefined)?.[0], rest, value)];
  return {
    ...(at as Record<string, unknown> | undefined),
    [key]: placed((at as Record<string, unknown> | undefined)?.[key], rest, value),
  };
}

/** Something of the schema's shape: what is required, as short as it may be. */
function sampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const branch = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (branch) return sampleOf(branch);
  const [type] = [schema.type ?? []].flat();
  if (type === "object")
    return Object.fromEntries((schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key] ?? {})]));
  if (type === "array") return schema.minItems && schema.items ? [sampleOf(schema.items)] : [];
  if (type === "integer" || type === "number") return Math.max(1, schema.minimum ?? 1);
  if (type === "boolean") return false;
  if (type === "string") return textOf(schema);
  return null;
}

function textOf({ format, maxLength = 100 }: Schema): string {
  if (format === "uuid") return "01890000-0000-7000-8000-000000000000";
  if (format === "date") return "2026-01-01";
  if (format === "date-time") return "2026-01-01T00:00:00Z";
  if (format === "email") return "someone@example.org";
  return "someone's text".slice(0, maxLength);
}
