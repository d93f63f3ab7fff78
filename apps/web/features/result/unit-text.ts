/** A unit as people read it. UCUM writes what is no unit as a word in braces, `{INR}`; any other unit stays as it was sent. */
export const unitText = (unit: string) => /^\{([^{}]+)\}$/.exec(unit)?.[1] ?? unit;
