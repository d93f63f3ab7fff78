/** A LOINC name without the property in brackets, which the unit says better: `Potassium in Serum or Plasma`. */
export const plainName = (name: string) => name.replace(/\s*\[[^\]]*\]/g, "");

/**
 * Names for the rows of a panel, short enough for one line: without the property and, where all of several share it,
 * without the specimen. `specimen` is what was left out and the panel's own name does not say.
 */
export function shortNames(panel: string, names: readonly string[]): { names: string[]; specimen: string | null } {
  const plain = names.map(plainName);
  const [first = "", ...others] = plain;
  const specimen = / in ([^,]+)$/.exec(first)?.[1];
  if (!specimen || others.length === 0 || !others.every((name) => name.endsWith(` in ${specimen}`))) {
    return { names: plain, specimen: null };
  }
  return {
    names: plain.map((name) => name.slice(0, -` in ${specimen}`.length)),
    specimen: panel.toLowerCase().includes(specimen.toLowerCase()) ? null : specimen,
  };
}
