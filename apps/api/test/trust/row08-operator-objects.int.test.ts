import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../harness.ts";
import { type Caller, callerOf } from "./caller.ts";
import { inputWith, procedures } from "./inputs.ts";
import { sourcesUnder } from "./sources.ts";

/** Row 8: a scalar is a scalar. Objects that mean something to Prisma reach no query, and nothing writes SQL from text. */
let api: Api;
let call: Caller;
beforeAll(async () => {
  api = await startApi();
  call = await callerOf(api);
});
afterAll(() => api.close());

const operators = [
  { not: null },
  { contains: "" },
  { startsWith: "a" },
  { in: [] },
  { notIn: ["x"] },
  { gt: "" },
  { equals: undefined, not: "x" },
  { AND: [] },
  { OR: [{ id: { not: "" } }] },
  { NOT: {} },
  { $ne: null },
  { path: ["a"], string_contains: "b" },
];

describe("12 operator shapes in the place of every scalar input", () => {
  it("are refused, each and every one", { timeout: 180_000 }, async () => {
    const taken: string[] = [];
    let count = 0;
    for (const procedure of procedures) {
      if (procedure.type === "subscription") continue;
      for (const { path } of procedure.leaves) {
        const answers = await Promise.all(
          operators.map((operator) => call(procedure, inputWith(procedure.schema, path, operator))),
        );
        count += answers.length;
        for (const { status } of answers)
          if (status !== 400) taken.push(`${procedure.name} ${path.join(".")}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(count).toBeGreaterThan(1_000);
  });
});

describe("the sources", () => {
  it("hold no query made of text: no unsafe raw call, no Prisma.raw", () => {
    const root = join(import.meta.dirname, "../../../..");
    const found = ["apps/api/src", "packages/db/src"]
      .flatMap((folder) => sourcesUnder(join(root, folder)))
      .filter((file) => /\$queryRawUnsafe|\$executeRawUnsafe|Prisma\.raw\b/.test(readFileSync(file, "utf8")));
    expect(found).toEqual([]);
  });
});
