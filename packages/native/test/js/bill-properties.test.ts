import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bill } from "../../js/index.ts";

// The oracle: the same sums in BigInt, written down without regard to speed.
const ONE = 1_000_000n;

function timesOver(a: bigint, b: bigint, c: bigint): bigint {
  const product = a * b;
  const magnitude = product < 0n ? -product : product;
  const down = magnitude / c;
  const twice = 2n * (magnitude % c);
  const rounded = twice > c || (twice === c && down % 2n === 1n) ? down + 1n : down;
  return product < 0n ? -rounded : rounded;
}

function sumsOf(line: bill.BillLine) {
  const gross = timesOver(BigInt(line.quantityMicros), BigInt(line.priceMinor), BigInt(line.pricePerMicros ?? ONE));
  const rated = timesOver(gross, BigInt(line.discountPpm ?? 0), ONE);
  const discount = rated + (gross < 0n ? -1n : 1n) * BigInt(line.discountMinor ?? 0);
  const left = gross - discount;
  const rate = BigInt(line.taxPpm ?? 0);
  const tax = timesOver(left, rate, line.taxIncluded ? ONE + rate : ONE);
  const [netMinor, totalMinor] = line.taxIncluded ? [left - tax, left] : [left, left + tax];
  return { grossMinor: gross, discountMinor: discount, netMinor, taxMinor: tax, totalMinor };
}

const rate = fc.oneof(fc.constantFrom(0, 70_000, 88_750, 190_000, 1_000_000), fc.constant(undefined));
const amount = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.bigInt({ min: -(10n ** 10n), max: 10n ** 10n }));
const line: fc.Arbitrary<bill.BillLine> = fc.record({
  quantityMicros: fc.oneof(
    fc.integer({ min: -50_000_000, max: 50_000_000 }),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
  ),
  priceMinor: amount,
  pricePerMicros: fc.oneof(fc.constant(undefined), fc.integer({ min: 100_000, max: 1_000_000_000 })),
  discountPpm: fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 1_000_000 })),
  taxPpm: rate,
  taxIncluded: fc.oneof(fc.constant(undefined), fc.boolean()),
});

const charge = fc.tuple(
  fc.integer({ min: -5, max: 2 ** 31 - 1 }),
  fc.integer({ min: -5, max: 2 ** 31 - 1 }),
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.constantFrom(0, 70_000, 88_750, 190_000),
);

describe("an invoice", () => {
  it("comes to the same from packed lines as from objects", () => {
    fc.assert(
      fc.property(fc.array(charge, { maxLength: 40 }), (charges) => {
        const lines = charges.map(([quantityMicros, priceMinor, discountPpm, taxPpm]) => ({
          quantityMicros,
          priceMinor,
          discountPpm,
          taxPpm,
        }));
        const made = bill.invoice(Int32Array.from(charges.flat()), { perLine: true });
        expect(made).toEqual(bill.invoice(lines, { perLine: true }));
        expect(lines.map((_, i) => made.lines?.at(i))).toEqual(lines.map(sumsOf));
      }),
    );
  });

  it("takes plain and other lines in any order", () => {
    const plain = { quantityMicros: 1_000_000, priceMinor: 100, taxPpm: 190_000 };
    const other = { ...plain, taxIncluded: true, discountMinor: 1, pricePerMicros: 2_000_000 };
    const lines = Array.from({ length: 3_000 }, (_, i) => (i % 1_100 < 3 ? other : plain));
    const made = bill.invoice(lines, { perLine: true });
    expect(lines.map((_, i) => made.lines?.at(i))).toEqual(lines.map(sumsOf));
    expect(bill.invoice([plain, plain, plain]).totalMinor).toBe(357n);
    expect(bill.invoice([other, { ...plain, priceMinor: 100n }]).netMinor).toBe(141n);
  });

  it("comes to what BigInt comes to, line by line and altogether", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const made = bill.invoice(lines, { perLine: true, trail: true });
        const expected = lines.map(sumsOf);
        expect(lines.map((_, i) => made.lines?.at(i))).toEqual(expected);
        const total = (key: keyof bill.BillSums) => expected.reduce((sum, one) => sum + one[key], 0n);
        expect(made.grossMinor).toBe(total("grossMinor"));
        expect(made.discountMinor).toBe(total("discountMinor"));
        expect(made.netMinor + made.taxMinor).toBe(made.totalMinor);
        expect(made.totalMinor).toBe(total("totalMinor"));
        expect(made.rates.reduce((sum, one) => sum + one.taxMinor, 0n)).toBe(made.taxMinor);
        expect(made.trail?.every(bill.stepHolds)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("puts a rate on the sum of its lines when it is rounded by rate", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const made = bill.invoice(lines, { taxRounding: "rate", perLine: true });
        for (const { taxPpm, taxIncluded, netMinor, taxMinor } of made.rates) {
          const part = BigInt(taxPpm);
          const base = taxIncluded ? netMinor + taxMinor : netMinor;
          expect(taxMinor).toBe(timesOver(base, part, taxIncluded ? ONE + part : ONE));
        }
        const taxes = lines.map((_, i) => made.lines?.at(i)?.taxMinor ?? 0n);
        expect(taxes.reduce((sum, tax) => sum + tax, 0n)).toBe(made.taxMinor);
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on how many lines cross at a time, nor on what was reckoned before", () => {
    const plain = { quantityMicros: 1_500_000, priceMinor: 333, taxPpm: 70_000 };
    const rich = { ...plain, pricePerMicros: 3_000_000, discountMinor: 7n, taxIncluded: true };
    const many = Array.from({ length: 5_000 }, (_, i) => (i % 7 === 0 ? rich : plain));
    const count = BigInt(many.filter((one) => one === rich).length);
    const expected = count * sumsOf(rich).totalMinor + (5_000n - count) * sumsOf(plain).totalMinor;
    expect(bill.invoice(many).totalMinor).toBe(expected);
    expect(bill.invoice(Array(3_000).fill(plain)).totalMinor).toBe(3_000n * sumsOf(plain).totalMinor);
    expect(bill.invoice(many).totalMinor).toBe(expected);
  });
});

describe("an allocation", () => {
  it("loses no unit, and gives each its exact part rounded down or up", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), weights, (whole, parts) => {
        const sum = parts.reduce((a, b) => a + b, 0n);
        if (sum === 0n) return;
        const { sharesMinor, trail } = bill.allocate(whole, parts, { trail: true });
        expect(sharesMinor.reduce((a, b) => a + b, 0n)).toBe(whole);
        parts.forEach((part, i) => {
          const off = (sharesMinor[i] as bigint) * sum - whole * part;
          expect(off < sum && off > -sum).toBe(true);
        });
        expect(trail?.every(bill.stepHolds)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("pays no balance more than it has and keeps the rest", () => {
    const balances = fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { maxLength: 60 });
    const how = fc.constantFrom("in-proportion" as const, "in-order" as const);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 8n }), balances, how, (payment, open, way) => {
        const { paidMinor, leftMinor } = bill.pay(payment, open, { how: way });
        expect(paidMinor.reduce((a, b) => a + b, 0n) + leftMinor).toBe(payment);
        open.forEach((balance, i) => {
          expect((paidMinor[i] as bigint) <= balance).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe("decimal text", () => {
  it("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }), fc.nat(18), (value, decimals) => {
        expect(bill.parse(bill.format(value, decimals), decimals)).toBe(value);
      }),
    );
  });
});
