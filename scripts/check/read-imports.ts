import { parseSync } from "oxc-parser";

/** One `import`, `export … from` or `import()` of a file. */
export interface ImportLine {
  /** As written. */
  specifier: string;
  line: number;
  /** Erased before it runs: `import type`, `export type … from`, or all names marked `type`. */
  isTypeOnly: boolean;
}

/** Reads the imports of a TypeScript or JavaScript file. @throws Error when it does not parse */
export function readImports(path: string, source: string): ImportLine[] {
  const { module, errors } = parseSync(path, source);
  const [error] = errors;
  if (error) throw new Error(`${path} does not parse: ${error.message}`);
  const lineAt = (offset: number) => source.slice(0, offset).split("\n").length;
  const imports = module.staticImports.map(({ moduleRequest, entries, start }) => ({
    specifier: moduleRequest.value,
    line: lineAt(start),
    isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const exports = module.staticExports.flatMap(({ entries, start }) => {
    const from = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest?.value;
    return from ? [{ specifier: from, line: lineAt(start), isTypeOnly: entries.every(({ isType }) => isType) }] : [];
  });
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest, start }) => {
    const literal = /^["'`]([^"'`$]+)["'`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1];
    return literal ? [{ specifier: literal, line: lineAt(start), isTypeOnly: false }] : [];
  });
  return [...imports, ...exports, ...dynamic];
}
