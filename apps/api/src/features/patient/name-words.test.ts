import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, fitOf, fits, lookupKeysOf, nameWordsOf, sortNameOf, variantsOf } from "./name-words.ts";

describe("the words of a name", () => {
  it.each([
    ["Conor", "O'Brien", ["brien", "conor", "obrien"]],
    ["Maria", "De la Cruz", ["cruz", "de", "delacruz", "la", "maria"]],
    ["小明", "王", ["小", "明", "王"]],
    ["José", "Núñez-Ørsted", ["jose", "nunez", "nunezorsted", "orsted"]],
    ["-", "...", []],
  ])("of %s %s are %j", (firstName, lastName, words) => {
    expect(nameWordsOf({ firstName, lastName })).toEqual(words);
  });

  it("sort last name before first name, a shorter last name before one that goes on", () => {
    const names = [
      { lastName: "Smith Jones", firstName: "Anna" },
      { lastName: "Smith", firstName: "John" },
      { lastName: "Smithson", firstName: "Al" },
    ];
    expect(names.map(sortNameOf).sort()).toEqual(["smith  john", "smith jones  anna", "smithson  al"]);
  });

  it("stay within what an index takes, whatever the name", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 100 }),
        fc.string({ unit: "grapheme", maxLength: 100 }),
        (firstName, lastName) => {
          const words = nameWordsOf({ firstName, lastName });
          const key = Buffer.byteLength(sortNameOf({ firstName, lastName })) + Buffer.byteLength(words.join(" ")) + 100;
          expect(key).toBeLessThan(2700);
          expect(words.every((word) => /^[\p{L}\p{N}]+$/u.test(word))).toBe(true);
        },
      ),
    );
  });
});

describe("misspelt words", () => {
  const word = fc.stringMatching(/^[a-z]{5,12}$/);

  it("share a spelling of the dictionary with the right one after any one slip", () => {
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom("drop", "swap", "replace", "insert"), (right, place, slip) => {
        const at = place % (right.length - 1);
        const wrong = {
          drop: right.slice(0, at) + right.slice(at + 1),
          swap: right.slice(0, at) + right.charAt(at + 1) + right.charAt(at) + right.slice(at + 2),
          replace: `${right.slice(0, at)}q${right.slice(at + 1)}`,
          insert: `${right.slice(0, at)}q${right.slice(at)}`,
        }[slip];
        const known = new Set(variantsOf(right));
        expect(lookupKeysOf(wrong).some((key) => known.has(key))).toBe(true);
        expect(fitOf(wrong, right)).not.toBeNull();
      }),
    );
  });

  it.each([
    ["smith", "smith", fits.exact],
    ["smi", "smith", fits.prefix],
    ["smiht", "smith", fits.oneEdit],
    ["jhon", "john", fits.oneEdit],
    ["kowl", "kowalski", fits.prefixOneEdit],
    ["catherine", "katharina", fits.sound],
    ["mohammed", "muhamad", fits.sound],
    ["stephen", "steven", fits.twoEdits],
    ["smith", "jones", null],
    ["li", "lu", null],
  ])("%s fits %s as %s", (typed, known, fit) => {
    expect(fitOf(typed, known)).toBe(fit);
  });

  it("are as far from each other either way, and no further than their letters", () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
