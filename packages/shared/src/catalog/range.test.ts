import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ageInDays, compareDecimals, judge, judgeWritten, rangeFor, rangeText, readValue } from "./index.ts";

const range = (low: string | null, high: string | null, more: object = {}) => ({
  id: "r",
  sex: null,
  condition: null,
  ageFromDays: 0,
  ageToDays: 60_000,
  low,
  high,
  criticalLow: null,
  criticalHigh: null,
  normalText: null,
  validFrom: null,
  validTo: null,
  ...more,
});
const potassium = range("3.5", "5.1", { criticalLow: "2.8", criticalHigh: "6.2" });
const numeric = { valueType: "NUMERIC", answers: [] } as const;
const flagOf = (written: string, limits = potassium) => judgeWritten(written, numeric, limits).flag;

describe("the flag of a value", () => {
  it("is by the limits, a limit being normal and a critical limit critical", () => {
    expect(["2.7", "2.8", "3.4", "3.5", "4.10", "5.1", "5.11", "6.2", "6.9"].map((value) => flagOf(value))).toEqual([
      "LL",
      "LL",
      "L",
      "N",
      "N",
      "N",
      "H",
      "HH",
      "HH",
    ]);
  });

  it("is none where no range fits, which is not normal", () => {
    expect(judgeWritten("4.1", numeric, null).flag).toBeNull();
    expect(flagOf("4.1", range(null, null))).toBeNull();
    const subject = { sex: "female", ageDays: 10_000, condition: null, on: "2026-11-02" };
    expect(rangeFor([range("1", "2", { sex: "male" })], subject)).toBeNull();
  });

  it("of a value written with < or > is what is certain, and nothing where it is not", () => {
    expect(
      ["<2.8", "<3.5", "<3.6", "<5", ">5.1", ">5", ">6.2", ">=5.1", "<=3.5"].map((value) => flagOf(value)),
    ).toEqual(["LL", "L", null, null, "H", null, "HH", null, null]);
    expect(flagOf("<0.01", range(null, "0.03"))).toBe("N");
    expect(flagOf(">100", range("40", null))).toBe("N");
  });

  it("of a worded answer is normal or abnormal, whatever its letters", () => {
    const test = { valueType: "CODED", answers: ["Negative", "Trace", "1+"] } as const;
    const limits = range(null, null, { normalText: "Negative" });
    expect(judgeWritten("negative", test, limits)).toMatchObject({ flag: "N", read: { text: "Negative" } });
    expect(judgeWritten("1+", test, limits).flag).toBe("A");
    expect(judgeWritten("4+", test, limits).fault).toBe("Choose one of the answers.");
  });

  it("never says normal of a number outside the limits, however it is written", () => {
    const decimal = fc
      .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 3 }))
      .map(([digits, places]) => {
        const text = String(digits).padStart(places + 1, "0");
        return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
      });
    fc.assert(
      fc.property(decimal, decimal, decimal, (value, a, b) => {
        const [low, high] = compareDecimals(a, b) <= 0 ? [a, b] : [b, a];
        const read = readValue(value, numeric);
        if (typeof read === "string") throw new Error(read);
        const flag = judge(read, range(low, high), "NUMERIC");
        const [isUnder, isOver] = [compareDecimals(value, low) < 0, compareDecimals(value, high) > 0];
        expect(flag).toBe(isOver ? "H" : isUnder ? "L" : "N");
        expect(Math.sign(compareDecimals(value, a))).toBe(Math.sign(Number(value) - Number(a)));
      }),
    );
  });
});

describe("a value", () => {
  it("is kept as written: numbers, comparators, ratios, titres", () => {
    const text = (written: string, valueType: "NUMERIC" | "RATIO" | "TITRE" | "TEXT") => {
      const read = readValue(written, { valueType, answers: [] });
      return typeof read === "string" ? null : read.text;
    };
    expect([text("0.50", "NUMERIC"), text("< 0.01", "NUMERIC"), text(">1000", "NUMERIC")]).toEqual([
      "0.50",
      "< 0.01",
      ">1000",
    ]);
    expect([text("2:1", "RATIO"), text("1:40", "TITRE"), text("<1:10", "TITRE")]).toEqual(["2:1", "1:40", "<1:10"]);
    expect([text("high", "NUMERIC"), text("4,1", "NUMERIC"), text("40", "TITRE"), text("", "TEXT")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("the range", () => {
  const ranges = [
    range("1", "2", { id: "anybody" }),
    range("3", "4", { id: "women", sex: "female", ageFromDays: 6_570 }),
    range("5", "6", { id: "pregnant", sex: "female", condition: "pregnant" }),
    range("7", "8", { id: "newborn", ageToDays: 28 }),
    range("9", "10", { id: "old", sex: "female", validTo: "2026-01-01" }),
  ];
  const idFor = (sex: string, ageDays: number, condition: string | null = null, on = "2026-11-02") =>
    rangeFor(ranges, { sex, ageDays, condition, on })?.id;

  it("is the closest that fits sex, age, state and day", () => {
    expect(idFor("male", 12_000)).toBe("anybody");
    expect(idFor("female", 12_000)).toBe("women");
    expect(idFor("female", 12_000, "pregnant")).toBe("pregnant");
    expect(idFor("female", 3)).toBe("newborn");
    expect(idFor("unknown", 12_000)).toBe("anybody");
  });

  it("is by the days lived, and printed as laboratories do", () => {
    expect(ageInDays("2026-10-31", "2026-11-02")).toBe(2);
    expect([range("3.5", "5.1"), range(null, "5.0"), range("40", null), null].map(rangeText)).toEqual([
      "3.5-5.1",
      "<5.0",
      ">40",
      "",
    ]);
  });
});
