/** One fault of one field, as the API tells it. */
export type FieldFault = { path: string; message: string; severity?: "error" | "warning" | "info" };

/**
 * Sorts faults by the fields a form has. A fault of a field that is not on the form goes to `rest`, so that it is said
 * above the form and not lost. Of several faults of a field the first is shown.
 */
export function sortFaults(faults: readonly FieldFault[], fields: readonly string[]) {
  const byField: Record<string, string> = {};
  const rest: string[] = [];
  for (const { path, message } of faults) {
    const field = fields.find((name) => path === name || path.startsWith(`${name}.`));
    if (field === undefined) rest.push(path ? `${path}: ${message}` : message);
    else byField[field] ??= message;
  }
  return { byField, rest };
}
