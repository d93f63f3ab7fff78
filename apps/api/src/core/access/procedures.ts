import type { ProcedureMeta } from "../trpc.ts";

const known = new Map<string, string>();

/** Remembers what each procedure asks for, for whoever explains a refusal. */
export function learnProcedures(procedures: Record<string, { _def: { meta?: ProcedureMeta } }>): void {
  for (const [path, { _def }] of Object.entries(procedures)) if (_def.meta) known.set(path, _def.meta.access);
}

/** `public`, `signed-in` or the permission the procedure asks for; undefined where there is none of that name. */
export const accessOf = (path: string): string | undefined => known.get(path);

/** Every procedure by name. */
export const procedureNames = (): string[] => [...known.keys()].sort();
