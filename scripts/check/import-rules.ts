import type { Target } from "./resolve-import.ts";

/** One import of the project, resolved. */
export interface Edge {
  from: string;
  line: number;
  target: Target;
  isTypeOnly: boolean;
}

/** Says what is wrong with an import, or nothing. */
export type Rule = (edge: Edge) => string | undefined;

/** Who may import whom. Every rule is broken on purpose in check-imports.test.ts. */
export const rules: Rule[] = [
  ({ target }) => ("unknown" in target ? `leads nowhere: no file or export ${target.unknown}` : undefined),

  within(/^packages\/(\w+)\//, ({ target }, own) =>
    leadsTo(target, /^(apps|packages|e2e|scripts)\//) && !leadsTo(target, new RegExp(`^packages/${own}/`))
      ? "a package imports no other workspace"
      : undefined,
  ),
  within(/^packages\/shared\/src\//, ({ target, from }) =>
    "external" in target && target.external !== "zod" && !isTest(from)
      ? "shared runs in the browser too and imports nothing but zod"
      : undefined,
  ),

  within(/^apps\/api\//, ({ target }) =>
    leadsTo(target, /^(apps\/web|e2e|scripts)\//) ? "the API imports packages only" : undefined,
  ),
  within(/^apps\/web\//, ({ target, isTypeOnly }) => {
    if (leadsTo(target, /^packages\/(db|native)\//) || leadsTo(target, /^(e2e|scripts)\//)) {
      return "the portal imports shared and the API's types only";
    }
    if (!leadsTo(target, /^apps\/api\//)) return undefined;
    return isTypeOnly && leadsTo(target, /^apps\/api\/src\/client-types\.ts$/)
      ? undefined
      : "of the API the portal may name only the types in client-types.ts, by `import type`";
  }),
  within(/^e2e\//, ({ target }) =>
    leadsTo(target, /^(apps|scripts|packages\/(db|native))\//)
      ? "journeys import shared only: they drive the running system"
      : undefined,
  ),
  within(/^scripts\//, ({ target }) =>
    leadsTo(target, /^(apps|e2e)\//) && !leadsTo(target, /^apps\/api\/src\/core\/env\.ts$/)
      ? "of the apps the scripts import only the API's environment"
      : undefined,
  ),

  within(/^apps\/api\/src\/core\//, ({ target, from }) =>
    leadsTo(target, /^apps\/api\/src\/features\//) && !isTest(from) ? "core knows no feature" : undefined,
  ),
  within(/^apps\/api\/src\/features\/([\w-]+)\//, ({ target }, own) => {
    const other = "file" in target ? /^apps\/api\/src\/features\/([\w-]+)\/(.+)$/.exec(target.file) : null;
    return other && other[1] !== own && other[2] !== "index.ts"
      ? "a feature uses another one through its index.ts only"
      : undefined;
  }),
  within(/^apps\/api\/src\/(?:features|workers)\//, ({ target, from, isTypeOnly }) =>
    leadsTo(target, /^packages\/db\//) && !isTypeOnly && !/(^|[/-])store\.ts$/.test(from) && !isTest(from)
      ? "only store.ts files and core touch the database"
      : undefined,
  ),

  within(/^apps\/web\/features\/([\w-]+)\//, ({ target }, own) => {
    const other = "file" in target ? /^apps\/web\/features\/([\w-]+)\//.exec(target.file) : null;
    if (other && other[1] !== own) return "features of the portal do not import each other; a page composes them";
    return leadsTo(target, /^apps\/web\/app\//) ? "a feature does not import a page" : undefined;
  }),
  within(/^apps\/web\/(?:ui|lib)\//, ({ target }) =>
    leadsTo(target, /^apps\/web\/(app|features)\//) ? "ui and lib know no feature and no page" : undefined,
  ),
  within(/^apps\/web\/ui\//, ({ target }) =>
    leadsTo(target, /^apps\/web\/lib\/trpc\//) || ("external" in target && /^@trpc\//.test(target.external))
      ? "ui does not fetch: hand it what it shows"
      : undefined,
  ),
];

function within(zone: RegExp, rule: (edge: Edge, own: string) => string | undefined): Rule {
  return (edge) => {
    const match = zone.exec(edge.from);
    return match ? rule(edge, match[1] ?? "") : undefined;
  };
}

function leadsTo(target: Target, zone: RegExp): boolean {
  return "file" in target && zone.test(target.file);
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/test\//.test(path);
}
