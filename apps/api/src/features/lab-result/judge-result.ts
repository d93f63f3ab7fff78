import {
  ageInDays,
  isDecimal,
  judge,
  type LabTestDetail,
  rangeFor,
  rangeText,
  readValue,
} from "@infirmary/shared/catalog";
import { isCritical } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import { convertUnit } from "../catalog/index.ts";
import type { Asked } from "./store.ts";

export type Written = { value: string; unit?: string | null | undefined; isCritical: boolean };
export type JudgedResult = {
  value: string;
  unit: string | null;
  rangeId: string | null;
  referenceRange: string | null;
  flag: string | null;
  isDelta: boolean;
};
type Previous = { value: string; unit: string | null; at: Date } | null;

const hourMs = 3_600_000;

/** The range for whom the value is of, on the day it was collected. */
export const rangeOf = (test: LabTestDetail, asked: Asked) =>
  rangeFor(test.ranges, {
    sex: asked.gender,
    ageDays: ageInDays(asked.dateOfBirth, asked.collectedOn),
    condition: asked.condition,
    on: asked.collectedOn,
  });

/** Reads a value as written and says what it means for this person. A value in another unit of the same kind is compared converted, and kept as written. */
export function judgeResult(written: Written, test: LabTestDetail, asked: Asked, previous: Previous): JudgedResult {
  const read = readValue(written.value, test);
  if (typeof read === "string") throw new AppError("validation-failed", { errors: [{ path: "value", message: read }] });
  const unit = written.unit ?? test.unit;
  const range = rangeOf(test, asked);
  const comparable = inUnit(read.number, unit, test.unit);
  if (comparable === undefined)
    throw new AppError("validation-failed", {
      errors: [
        { path: "unit", message: `This is no unit that can be compared with ${test.unit ?? "a plain number"}.` },
      ],
    });
  const flag = judge({ ...read, number: comparable }, range, test.valueType);
  const isOther = unit !== test.unit;
  return {
    value: read.text,
    unit,
    rangeId: range?.id ?? null,
    // A printed range is in the unit of the test: beside a value in another one it would mislead.
    referenceRange: isOther ? null : rangeText(range) || null,
    flag: written.isCritical && !isCritical(flag) ? "AA" : flag,
    isDelta: isDelta(comparable, test, previous, asked.collectedAt ?? new Date()),
  };
}

/** A number in the test's unit; undefined where it cannot be said in it, null where there is no number. */
function inUnit(number: string | null, from: string | null, to: string | null): string | null | undefined {
  if (number === null) return from === to || from === null ? null : undefined;
  if (from === to) return number;
  const converted = from === null || to === null ? null : convertUnit(Number(number), from, to);
  return converted === null ? undefined : decimalText(converted);
}

/** Never in the form 1e-7, which is no decimal. */
const decimalText = (value: number) => (Math.abs(value) < 1e-6 ? value.toFixed(12) : String(value));

/** Further from the last value than the test's limits allow, if that is recent enough. */
function isDelta(number: string | null, test: LabTestDetail, previous: Previous, at: Date): boolean {
  const { deltaPercent, deltaAbsolute, deltaHours } = test;
  if (number === null || !previous || !isDecimal(previous.value) || previous.unit !== test.unit) return false;
  if (at.getTime() - previous.at.getTime() > (deltaHours ?? 72) * hourMs) return false;
  const [now, before] = [Number(number), Number(previous.value)];
  const change = Math.abs(now - before);
  return (
    (deltaAbsolute !== null && change > Number(deltaAbsolute)) ||
    (deltaPercent !== null && before !== 0 && (change / Math.abs(before)) * 100 > Number(deltaPercent))
  );
}
