/// <reference path="./ucum-lhc.d.ts" />
import ucum from "@lhncbc/ucum-lhc";

const units = ucum.UcumLhcUtils.getInstance();

/** Whether the text is a unit of UCUM, as `mmol/L`; not a spelling that only looks like one. */
export function isUcumUnit(unit: string): boolean {
  return !/\s/.test(unit) && units.validateUnitString(unit).status === "valid";
}

/**
 * A number in another unit, to compare it with limits; null where the two measure different things (or mass and amount of a substance of
 * unknown weight), so that nothing is converted because a unit looks like another. Significant to twelve digits.
 */
export function convertUnit(value: number, from: string, to: string): number | null {
  if (from === to) return value;
  const { status, toVal } = units.convertUnitTo(from, value, to);
  return status === "succeeded" && toVal !== null ? Number(toVal.toPrecision(12)) : null;
}
