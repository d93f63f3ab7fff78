import type { ZodType } from "zod";

/**
 * Checks a form with the schema the API itself uses, so that both say the same sentence; the first fault of each field.
 * @param shape turns what is typed into what would be sent
 */
export function faultsOf<Values>(schema: ZodType, shape: (values: Values) => unknown = (values) => values) {
  return (values: Values): Record<string, string> => {
    const result = schema.safeParse(shape(values));
    if (result.success) return {};
    const faults: Record<string, string> = {};
    for (const issue of result.error.issues) faults[issue.path.join(".")] ??= issue.message;
    return faults;
  };
}
