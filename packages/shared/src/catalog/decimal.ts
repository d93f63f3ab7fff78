const form = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Whether the text is a plain decimal number as a laboratory writes one: `4.1`, `-2`, `0.50`. */
export const isDecimal = (text: string) => form.test(text);

/** The number as whole units of its own last place: `4.10` is 410 of 2 places. @throws where the text is no decimal */
function scaled(text: string, places: number): bigint {
  const [, sign, whole = "", fraction = ""] = form.exec(text) ?? [];
  if (whole === "") throw new RangeError(`"${text}" is no decimal.`);
  const digits = BigInt(whole + fraction.padEnd(places, "0"));
  return sign === "-" ? -digits : digits;
}

const placesOf = (text: string) => form.exec(text)?.[3]?.length ?? 0;

/** Below 0, 0 or above 0, as `a` is smaller than, equal to or larger than `b`. Exact: no float holds a value that was written. @throws where one is no decimal */
export function compareDecimals(a: string, b: string): number {
  const places = Math.max(placesOf(a), placesOf(b));
  const [first, second] = [scaled(a, places), scaled(b, places)];
  return first < second ? -1 : first > second ? 1 : 0;
}
