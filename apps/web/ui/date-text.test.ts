import { describe, expect, it } from "vitest";
import { readDate } from "./date-text.ts";

describe("reading a date as people type it", () => {
  it.each([
    ["1980-01-31", "1980-01-31"],
    ["31-Jan-1980", "1980-01-31"],
    ["31 january 1980", "1980-01-31"],
    ["Jan 31, 1980", "1980-01-31"],
    ["31jan1980", "1980-01-31"],
    ["1980 Jan 31", "1980-01-31"],
    ["31/1/1980", "1980-01-31"],
    ["1.31.1980", "1980-01-31"],
    ["5 5 1980", "1980-05-05"],
    ["19800131", "1980-01-31"],
    [" 29-Feb-2024 ", "2024-02-29"],
  ])("understands %s", (text, date) => expect(readDate(text)).toEqual({ date }));

  it("never guesses between day and month, and names both days", () => {
    expect(readDate("3/4/1980")).toEqual({
      fault: "This could be 03-Apr-1980 or 04-Mar-1980. Write the month in letters.",
    });
  });
  it("wants the year with four digits", () => {
    expect(readDate("31-Jan-80")).toEqual({ fault: "Write the year with four digits." });
  });
  it.each(["31-Feb-1980", "2023-02-29", "32/1/1980", "1980-13-01"])("refuses %s, which is no day", (text) => {
    expect(readDate(text)).toEqual({ fault: "There is no such day. Write the date as 31-Jan-1980." });
  });
  it.each(["", "yesterday", "1980", "31-Jan", "12-Foo-1980 at noon"])("asks for another form for “%s”", (text) => {
    expect(readDate(text)).toHaveProperty("fault");
  });
});
