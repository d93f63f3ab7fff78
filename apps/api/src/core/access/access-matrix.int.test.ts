import { readFileSync } from "node:fs";
import { can, type Permission, permissions, permissionsOf, roles } from "@infirmary/shared/access";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { appRouter } from "../../router.ts";
import type { ProcedureMeta } from "../trpc.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: string; meta?: ProcedureMeta } }>,
).map(([name, { _def }]) => ({ name, type: _def.type, access: _def.meta?.access }));
const matrix = readFileSync(new URL("../../../../../docs/access.md", import.meta.url), "utf8");

/** The reviewed table of docs/access.md: procedure -> access. */
const reviewed = new Map(
  [...matrix.matchAll(/^\| `([\w.]+)` \| `?([\w.-]+)`? \|/gm)].map((match) => [match[1] ?? "", match[2] ?? ""]),
);

describe("access", () => {
  it("of every procedure is declared, known and as reviewed in docs/access.md", () => {
    for (const { name, access } of procedures) {
      expect(access, name).toBeDefined();
      expect(["public", "signed-in", ...Object.keys(permissions)], name).toContain(access);
      expect(reviewed.get(name), `${name} in docs/access.md`).toBe(access);
    }
    expect([...reviewed.keys()].filter((name) => !procedures.some((procedure) => procedure.name === name))).toEqual([]);
  });

  it("is refused to everybody the matrix does not name, and to nobody it does", { timeout: 60_000 }, async () => {
    for (const { name, type, access } of procedures) {
      if (type === "subscription" || !access) continue;
      const anonymous = await api.anonymous.call(name, {});
      if (access !== "public") expect(anonymous.status, `${name} by nobody`).toBe(401);
      for (const role of roles.options) {
        // Signing out for real would end the session the others use.
        if (name === "auth.logout") continue;
        const { status } = await (await api.as(role)).call(name, {});
        const isAllowed =
          access === "public" || access === "signed-in" || can(permissionsOf([role]), access as Permission);
        if (!isAllowed) expect(status, `${name} by ${role}`).toBe(403);
        else expect(access === "public" ? [403] : [401, 403], `${name} by ${role}`).not.toContain(status);
      }
    }
  });
});
