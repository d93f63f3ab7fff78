import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bomOf, type LockFile } from "./sbom.ts";

const text = readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8");
const lock: LockFile = JSON.parse(text);
const bom = bomOf(lock, text);

/** What CycloneDX 1.6 (ECMA-424) says of the parts that are written here. */
const property = z.strictObject({ name: z.string(), value: z.string() });
const component = z.strictObject({
  type: z.enum(["application", "library"]),
  "bom-ref": z.string().min(1),
  group: z.string().regex(/^@/).optional(),
  name: z.string().min(1),
  version: z.string().min(1),
  scope: z.enum(["required", "optional", "excluded"]).optional(),
  hashes: z
    .array(z.strictObject({ alg: z.literal("SHA-512"), content: z.string().regex(/^[0-9a-f]{128}$/) }))
    .optional(),
  licenses: z
    .array(
      z.union([
        z.strictObject({
          license: z.union([z.strictObject({ id: z.string() }), z.strictObject({ name: z.string() })]),
        }),
        z.strictObject({ expression: z.string() }),
      ]),
    )
    .max(1)
    .optional(),
  purl: z.string().regex(/^pkg:(npm|generic)\/[^@]+@[^@]+$/),
  properties: z.array(property).optional(),
});
const document = z.strictObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.literal("1.6"),
  serialNumber: z.string().regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.literal(1),
  metadata: z.strictObject({ component, properties: z.array(property) }),
  components: z.array(component).min(1),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

describe("the bill of materials", () => {
  it("has CycloneDX's shape", () => {
    expect(document.safeParse(bom).error?.issues ?? []).toEqual([]);
  });

  it("holds every package of the lock file once, with hash and licence where the lock has them", () => {
    const refs = bom.components.map((one) => one["bom-ref"]);
    expect(new Set(refs).size).toBe(refs.length);
    for (const [path, { version, link, name }] of Object.entries(lock.packages)) {
      if (path === "" || link || !version) continue;
      expect(refs).toContain(`${name ?? path.slice(path.lastIndexOf("node_modules/") + 13)}@${version}`);
    }
    const fastify = bom.components.find((one) => one.name === "fastify");
    expect(fastify).toMatchObject({ scope: "required", licenses: [{ license: { id: "MIT" } }] });
    expect(fastify?.hashes).toHaveLength(1);
  });

  it("names what each needs, and nothing that is not in it", () => {
    const known = new Set([bom.metadata.component["bom-ref"], ...bom.components.map((one) => one["bom-ref"])]);
    for (const { ref, dependsOn } of bom.dependencies)
      for (const each of [ref, ...dependsOn]) expect(known).toContain(each);
    expect(bom.dependencies.find(({ ref }) => ref.startsWith("@infirmary/api@"))?.dependsOn).toContain(
      "fastify@5.12.8",
    );
  });

  it("is the same for the same lock file", () => {
    expect(JSON.stringify(bomOf(lock, text))).toBe(JSON.stringify(bom));
  });
});
