import { posix } from "node:path";

/** What a workspace's package.json says about finding its files. Targets are relative to the workspace. */
export interface Workspace {
  /** Folder, relative to the project: `packages/db`. */
  folder: string;
  name: string;
  exports: Record<string, string>;
  /** Its own short names, as `#lib/*`. */
  imports: Record<string, string>;
}

/** Where an import leads: a file of the project (relative path) or a package from the registry. */
export type Target = { file: string } | { external: string } | { unknown: string };

/** Resolves as Node and the bundler do, for the forms that this project uses. */
export function resolveImport(
  from: string,
  specifier: string,
  project: { files: Set<string>; workspaces: Workspace[] },
): Target {
  if (specifier.startsWith(".")) return fileOf(posix.join(posix.dirname(from), specifier), project.files);
  if (specifier.startsWith("#")) {
    const home = project.workspaces.find(({ folder }) => from.startsWith(`${folder}/`));
    const path = home && match(home.imports, specifier);
    return home && path ? fileOf(posix.join(home.folder, path), project.files) : { unknown: specifier };
  }
  const owner = project.workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (!owner) return { external: specifier };
  const path = match(owner.exports, `.${specifier.slice(owner.name.length)}`);
  return path ? fileOf(posix.join(owner.folder, path), project.files) : { unknown: specifier };
}

function fileOf(path: string, files: Set<string>): Target {
  const file = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => files.has(candidate));
  return file ? { file } : { unknown: path };
}

/** The exact entry, else the pattern with a `*`. */
function match(table: Record<string, string>, key: string): string | undefined {
  const exact = table[key];
  if (exact) return exact;
  for (const [pattern, target] of Object.entries(table)) {
    const [head = "", tail] = pattern.split("*");
    if (tail === undefined || !key.startsWith(head) || !key.endsWith(tail)) continue;
    return target.replace("*", key.slice(head.length, key.length - tail.length));
  }
  return undefined;
}
