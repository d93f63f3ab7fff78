import { describe, expect, it } from "vitest";
import { parseSearch, shapeOf } from "./search-query.ts";

describe("taking a search apart", () => {
  it.each([
    ["smith 1980-01-01", { terms: ["smith"], dates: [["1980-01-01"]], numbers: [] }],
    ["31-Jan-1980 O'Neil", { terms: ["oneil"], dates: [["1980-01-31"]], numbers: [] }],
    ["31.01.1980", { terms: [], dates: [["1980-01-31"]], numbers: [] }],
    ["01/31/1980", { terms: [], dates: [["1980-01-31"]], numbers: [] }],
    ["03/04/1980", { terms: [], dates: [["1980-03-04", "1980-04-03"]], numbers: [] }],
    ["Feb 29, 2000", { terms: [], dates: [["2000-02-29"]], numbers: [] }],
    ["100-042-7", { terms: [], dates: [], numbers: ["1000427"] }],
    ["+1 (555) 010-0100 ext 7 doe", { terms: ["doe"], dates: [], numbers: ["15550100100"] }],
    ["123-45-6789", { terms: [], dates: [], numbers: ["123456789"] }],
    ["1000427 5550100100", { terms: [], dates: [], numbers: ["1000427", "5550100100"] }],
    ["7", { terms: [], dates: [], numbers: ["7"] }],
    ["ward 7", { terms: ["ward", "7"], dates: [], numbers: [] }],
    ["smith smith", { terms: ["smith"], dates: [], numbers: [] }],
    ["  ", { terms: [], dates: [], numbers: [] }],
  ])("%s", (q, expected) => {
    expect(parseSearch(q)).toEqual(expected);
  });

  it("takes no date that does not exist", () => {
    expect(parseSearch("31.02.1980").dates).toEqual([]);
    expect(parseSearch("1980-13-01").dates).toEqual([]);
  });

  it("says for the log which kinds of things were asked for, and not what", () => {
    expect(shapeOf(parseSearch("anna smith 1980-01-01 1000427"))).toBe("2 x name, birth date, number");
  });
});
