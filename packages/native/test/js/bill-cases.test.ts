import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BillError, bill } from "../../js/index.ts";

// The same files are run against the C library by test/c/bill_cases.c.
function casesOf(file: string): { title: string; input: string[]; expected: string[] }[] {
  const text = readFileSync(new URL(`../cases/bill/${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/^## (.+)\n\n```\n([^`]+)```$/gm)].map(([, title = "", block = ""]) => {
    const lines = block.trimEnd().split("\n");
    const isExpected = (line: string) => line.startsWith("=>");
    return { title, input: lines.filter((line) => !isExpected(line)), expected: lines.filter(isExpected) };
  });
}

const cents = (amount: bigint) => bill.format(amount, 2);

function readLine(text: string): bill.BillLine {
  const [quantity = "", , price = "", ...words] = text.split(" ");
  const after = (name: string) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
  const per = after("per");
  const less = after("less");
  return {
    quantityMicros: Number(bill.parse(quantity, 6)),
    priceMinor: bill.parse(price, 2),
    pricePerMicros: per === undefined ? undefined : Number(bill.parse(per, 6)),
    discountPpm: Number(bill.parse(after("discount") ?? "0", 4)),
    discountMinor: less === undefined ? undefined : bill.parse(less, 2),
    taxPpm: Number(bill.parse(after("tax") ?? "0", 4)),
    taxIncluded: words.includes("included") ? true : undefined,
  };
}

function showSums(sums: bill.BillSums): string {
  return [sums.grossMinor, sums.discountMinor, sums.netMinor, sums.taxMinor, sums.totalMinor].map(cents).join(" ");
}

function reckon(input: readonly string[]): string[] {
  const byRate = input[0] === "tax by rate";
  const lines = input.slice(byRate ? 1 : 0).map(readLine);
  const made = bill.invoice(lines, { taxRounding: byRate ? "rate" : "line", perLine: true, trail: true });
  expect(made.trail?.every(bill.stepHolds)).toBe(true);
  expect({ ...made, trail: undefined }).toEqual(
    bill.invoice(lines, { taxRounding: byRate ? "rate" : "line", perLine: true }),
  );
  return [
    ...lines.map((_, i) => `=> ${showSums(made.lines?.at(i) as bill.BillSums)}`),
    `=> all ${showSums(made)}`,
    ...made.rates.map(({ taxPpm, taxIncluded, netMinor, taxMinor }) => {
      const rate = Number(bill.format(taxPpm, 4));
      return `=> tax ${rate}${taxIncluded ? " included" : ""}: ${cents(netMinor)} ${cents(taxMinor)}`;
    }),
  ];
}

describe("golden invoices", () => {
  it.each(casesOf("invoice.md"))("$title", ({ input, expected }) => {
    const [first = ""] = expected;
    const refused = /^=> (\S+) at (\d+)$/.exec(first);
    if (!refused) return expect(reckon(input)).toEqual(expected);
    const error = errorOf(() => reckon(input));
    return expect(`${error.code} at ${(error.line ?? 0) + 1}`).toBe(`${refused[1]} at ${refused[2]}`);
  });
});

describe("golden allocations", () => {
  it.each(casesOf("allocation.md"))("$title", ({ input: [head = "", numbers = ""], expected }) => {
    const [kind, amount = "", , how] = head.split(" ");
    const list = numbers.split(" ").map((number) => bill.parse(number, kind === "pay" ? 2 : 0));
    const show = (amounts: BigInt64Array) => `=> ${[...amounts].map(cents).join(" ")}`;
    if (expected[0] === "=> no-weights") {
      expect(errorOf(() => bill.allocate(bill.parse(amount, 2), list)).code).toBe("no-weights");
    } else if (kind === "divide") {
      const { sharesMinor, trail } = bill.allocate(bill.parse(amount, 2), list, { trail: true });
      expect(trail?.every(bill.stepHolds)).toBe(true);
      expect([show(sharesMinor)]).toEqual(expected);
    } else {
      const paid = bill.pay(bill.parse(amount, 2), list, {
        how: how === "order" ? "in-order" : "in-proportion",
        trail: true,
      });
      expect(paid.trail?.every(bill.stepHolds)).toBe(true);
      expect([show(paid.paidMinor), `=> left ${cents(paid.leftMinor)}`]).toEqual(expected);
    }
  });
});

describe("golden numbers", () => {
  it.each(casesOf("decimal.md"))("$title", ({ input }) => {
    for (const line of input) {
      const [, text = "", decimals = "", expected = ""] = /^(\S+) (\d+) => (\S+)$/.exec(line) ?? [];
      const read = () => {
        try {
          return String(bill.parse(text, Number(decimals)));
        } catch (error) {
          return error instanceof BillError ? error.code : error;
        }
      };
      // More than 18 decimals are refused by the front in its own words.
      expect(read(), line).toBe(expected === "out-of-range" ? "bad-argument" : expected);
    }
  });
});

function errorOf(run: () => unknown): BillError {
  try {
    run();
  } catch (error) {
    if (error instanceof BillError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
