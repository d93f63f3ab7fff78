import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkImports } from "./check-imports.ts";
import { readProject } from "./read-project.ts";
import type { Workspace } from "./resolve-import.ts";

const workspaces: Workspace[] = [
  { folder: "apps/api", name: "@infirmary/api", exports: { "./client-types": "./src/client-types.ts" }, imports: {} },
  { folder: "apps/web", name: "@infirmary/web", exports: {}, imports: { "#lib/*": "./lib/*" } },
  { folder: "packages/db", name: "@infirmary/db", exports: { "./client": "./src/client.ts" }, imports: {} },
  { folder: "packages/native", name: "@infirmary/native", exports: { ".": "./js/index.ts" }, imports: {} },
  { folder: "packages/shared", name: "@infirmary/shared", exports: { "./*": "./src/*/index.ts" }, imports: {} },
];

const house: Record<string, string> = {
  "apps/api/src/client-types.ts": "export type Router = 1;",
  "apps/api/src/core/env.ts": "export const env = 1;",
  "apps/api/src/core/scope.ts": `import { db } from "@infirmary/db/client"; export const scope = db;`,
  "apps/api/src/features/order/index.ts": `export { find } from "./store.ts";`,
  "apps/api/src/features/order/store.ts": `import { db } from "@infirmary/db/client"; export const find = db;`,
  "apps/web/lib/trpc/client.ts": `import type { Router } from "@infirmary/api/client-types"; export type R = Router;`,
  "apps/web/features/order/table.tsx": `import { order } from "@infirmary/shared/order"; export const t = order;`,
  "packages/db/src/client.ts": "export const db = 1;",
  "packages/native/js/index.ts": "export const addon = 1;",
  "packages/shared/src/order/index.ts": `import { z } from "zod"; export const order = z;`,
  "e2e/pages/order.ts": "export const page = 1;",
  "scripts/setup/database.ts": `import { env } from "../../apps/api/src/core/env.ts"; export const e = env;`,
};

const check = (planted: Record<string, string>) =>
  checkImports(new Map(Object.entries({ ...house, ...planted })), workspaces);

describe("the import rules", () => {
  it("leave a well-built house alone", () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    ["a package importing another", "packages/db/src/a.ts", `import "@infirmary/shared/order";`, "no other workspace"],
    [
      "a package reaching over by path",
      "packages/native/js/a.ts",
      `import "../../db/src/client.ts";`,
      "no other workspace",
    ],
    ["shared importing a library", "packages/shared/src/order/a.ts", `import "pg";`, "nothing but zod"],
    ["the API importing the portal", "apps/api/src/a.ts", `import "../../web/lib/trpc/client.ts";`, "packages only"],
    [
      "the portal importing the database",
      "apps/web/lib/a.ts",
      `import "@infirmary/db/client";`,
      "shared and the API's types",
    ],
    [
      "the portal running API code",
      "apps/web/lib/a.ts",
      `import { R } from "@infirmary/api/client-types";`,
      "import type",
    ],
    [
      "the portal naming API internals",
      "apps/web/lib/a.ts",
      `import type { e } from "../../api/src/core/env.ts";`,
      "client-types",
    ],
    [
      "a journey importing the API",
      "e2e/pages/a.ts",
      `import "../../apps/api/src/core/env.ts";`,
      "drive the running system",
    ],
    [
      "a script importing a feature",
      "scripts/a.ts",
      `import "../apps/api/src/features/order/index.ts";`,
      "environment",
    ],
    [
      "core importing a feature",
      "apps/api/src/core/a.ts",
      `import "../features/order/index.ts";`,
      "core knows no feature",
    ],
    [
      "a feature behind another's back",
      "apps/api/src/features/lab/a.ts",
      `import "../order/store.ts";`,
      "index.ts only",
    ],
    [
      "a use case querying",
      "apps/api/src/features/lab/a.ts",
      `import { db } from "@infirmary/db/client";`,
      "only store.ts",
    ],
    [
      "a portal feature importing another",
      "apps/web/features/lab/a.ts",
      `import "../order/table.tsx";`,
      "a page composes",
    ],
    [
      "a lazy import of another feature",
      "apps/web/features/lab/a.ts",
      `void import("../order/table.tsx");`,
      "a page composes",
    ],
    [
      "a re-export of another feature",
      "apps/web/features/lab/a.ts",
      `export { t } from "../order/table.tsx";`,
      "a page composes",
    ],
    ["a component that fetches", "apps/web/ui/a.tsx", `import "#lib/trpc/client.ts";`, "does not fetch"],
    ["a component that knows tRPC", "apps/web/ui/a.tsx", `import "@trpc/client";`, "does not fetch"],
    [
      "a component that knows a feature",
      "apps/web/ui/a.tsx",
      `import "../features/order/table.tsx";`,
      "know no feature",
    ],
    ["a name that is not exported", "apps/api/src/a.ts", `import "@infirmary/db/secret";`, "leads nowhere"],
  ])("refuse %s", (_what, path, source, problem) => {
    expect(check({ [path]: source })).toEqual([expect.stringMatching(new RegExp(`^${path}:1: .*${problem}`))]);
  });

  it("let a use case name the database's types", () => {
    expect(check({ "apps/api/src/features/lab/a.ts": `import type { db } from "@infirmary/db/client";` })).toEqual([]);
  });

  it("refuse files that import each other in a circle, and show the way around", () => {
    const planted = {
      "apps/api/src/a.ts": `import "./b.ts";`,
      "apps/api/src/b.ts": `import "./c.ts";`,
      "apps/api/src/c.ts": `import "./a.ts";`,
    };
    const [finding] = check(planted);
    expect(finding).toBe(
      "import cycle: apps/api/src/a.ts -> apps/api/src/b.ts -> apps/api/src/c.ts -> apps/api/src/a.ts",
    );
  });
});

describe("this project", () => {
  it("is read whole", () => {
    const { sources } = readProject(join(import.meta.dirname, "../.."));
    expect([...sources.keys()]).toContain("scripts/check/check-imports.ts");
    expect([...sources.keys()].filter((path) => path.includes("node_modules"))).toEqual([]);
  });
});
