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

const folder = new URL("../cases/bill/", import.meta.url);
const drgs = await bill.loadDrgs([
  { bytes: readFileSync(new URL("drg-2025.txt", folder)), from: 2024_10_01, to: 2025_09_30 },
  { bytes: readFileSync(new URL("drg-2026.csv", folder)) },
]);

/** "base 6500.00 fixed 30000.00" as a function from a word to the number behind it. */
function numbersOf(words: readonly string[]): (name: string, decimals: number) => bigint {
  return (name, decimals) => {
    const at = words.indexOf(name);
    return at < 0 ? 0n : bill.parse(words[at + 1] ?? "", decimals);
  };
}

describe("golden stays", () => {
  it.each(casesOf("drg.md"))("$title", ({ input: [head = "", ...stays], expected }) => {
    const term = numbersOf(head.split(" "));
    const terms = {
      baseRateMinor: term("base", 2),
      fixedLossMinor: term("fixed", 2),
      costToChargeMicros: term("ratio", 6),
      marginalPpm: Number(term("marginal", 4)),
      marginalBurnsPpm: Number(term("burns", 4)),
      dayThresholdMicros: term("days", 6),
      dayPpm: Number(term("at", 4)),
    };
    const found = stays.map((text) => {
      const [drg = "", ...words] = text.split(" ");
      const value = numbersOf(words);
      const to = words.includes("to") ? (`to-${words.at(-1)}` as "to-acute") : "discharged";
      const dischargedOn = Number((words[words.indexOf("on") + 1] ?? "").replaceAll("-", ""));
      const stay = { drg, dischargedOn, days: Number(value("days", 0)), chargesMinor: value("charges", 2) };
      try {
        const paid = bill.payDrg(drgs, { ...stay, addOnMinor: value("add", 2), leaving: to }, terms);
        expect(paid.trail.every(bill.stepHolds)).toBe(true);
        expect(paid.trail.at(-1)?.result).toBe(paid.totalMinor);
        const parts = [
          ["full", paid.fullMinor],
          ["base", paid.baseMinor],
          ["cost", paid.costMinor],
          ["threshold", paid.thresholdMinor],
          ["cost-outlier", paid.costOutlierMinor],
          ["day-outlier", paid.dayOutlierMinor],
          ["total", paid.totalMinor],
        ] as const;
        return `=> ${parts.map(([name, amount]) => `${name} ${cents(amount)}`).join(" ")}`;
      } catch (error) {
        return error instanceof BillError ? `=> ${error.code}` : String(error);
      }
    });
    expect(found).toEqual(expected);
  });
});

function readPlan(text: string): bill.Coverage {
  const [, deductible = "", maximum = "", ...rest] = text.split(" ");
  return {
    deductibleLeftMinor: bill.parse(deductible, 2),
    outOfPocketLeftMinor: maximum === "none" ? undefined : bill.parse(maximum, 2),
    costOrder: rest.includes("copay-first") ? "copay-first" : "deductible-first",
    coordination: rest.includes("carve-out") ? "carve-out" : rest.includes("maintenance") ? "maintenance" : "standard",
  };
}

function readBenefit(text: string): bill.Benefit {
  const [allowed = "", copay = "", coinsurance = "", ...rest] = text.trim().split(" ");
  if (allowed.startsWith("not-")) return { covered: allowed as "not-covered" };
  return {
    allowedMinor: bill.parse(allowed, 2),
    copayMinor: bill.parse(copay, 2),
    coinsurancePpm: Number(bill.parse(coinsurance, 4)),
    isFreeOfDeductible: rest.includes("free"),
    isOutsideMaximum: rest.includes("outside"),
  };
}

describe("golden claims", () => {
  it.each(casesOf("adjudication.md"))("$title", ({ input, expected }) => {
    const isPlan = (line: string) => line.startsWith("plan ");
    const plans = input.filter(isPlan).map(readPlan);
    const lines = input
      .filter((line) => !isPlan(line))
      .map((line) => {
        const [charge = "", ...benefits] = line.split("|");
        return { chargeMinor: bill.parse(charge.trim(), 2), benefits: benefits.map(readBenefit) };
      });
    if (expected[0]?.includes(" at ")) {
      // The front refuses a rate above 1 in its own words.
      const refused = errorOf(() => bill.adjudicate(lines, plans));
      expect(`=> out-of-range at ${(refused.line ?? 0) + 1}`).toBe(expected[0]);
      expect(refused.code).toBe("bad-argument");
      return;
    }
    const made = bill.adjudicate(lines, plans, { trail: true });
    expect(made.trail?.every(bill.stepHolds)).toBe(true);
    expect({ ...made, trail: undefined }).toEqual(bill.adjudicate(lines, plans));
    const found = [
      ...made.lines.flatMap(({ outcomes, patientMinor }) => [
        ...outcomes.map((of) => `=> ${Object.values(of).map(cents).join(" ")}`),
        `=> patient ${cents(patientMinor)}`,
      ]),
      ...made.coverages.map(({ deductibleLeftMinor, outOfPocketLeftMinor: left }) => {
        return `=> left ${cents(deductibleLeftMinor)} ${left === undefined ? "none" : cents(left)}`;
      }),
    ];
    expect(found).toEqual(expected);
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
