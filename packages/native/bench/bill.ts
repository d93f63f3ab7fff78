// libbill against BigInt by hand, dinero.js, big.js and decimal.js: `node packages/native/bench/bill.ts`.
// An invoice of 1,000 lines from objects: quantity x price, less a discount, and tax on what is left, each product rounded
// half to even to the cent. All candidates start from the same objects of numbers (two show what other objects would change)
// and come to the same sums, which is checked before anything is measured.
import { bill } from "../js/index.ts";
import { importPeer, installPeers, requirePeer } from "./peers.ts";
import { type Candidate, measure, type Result, report } from "./rounds.ts";

installPeers();
const { dinero, add, subtract, multiply, transformScale, halfEven, toSnapshot } =
  await importPeer("dinero.js/dist/esm/index.js");
const { USD } = await importPeer("dinero.js/dist/esm/currencies/index.js");
const Big = requirePeer("big.js");
const { Decimal } = requirePeer("decimal.js");
Decimal.set({ precision: 30, rounding: Decimal.ROUND_HALF_EVEN });

const LINES = 1_000;
const ONE = 1_000_000n;
const rates = [70_000, 190_000, 88_750];
const lines = Array.from({ length: LINES }, (_, i) => ({
  quantityMicros: ((i % 7) + 1) * 1_000_000 + (i % 3) * 500_000,
  priceMinor: 1_000 + i * 37,
  discountPpm: i % 4 === 0 ? (1 + (i % 5)) * 10_000 : 0,
  taxPpm: rates[i % 3] as number,
}));
const linesOfBigIntPrices = lines.map((line) => ({ ...line, priceMinor: BigInt(line.priceMinor) }));
const linesOfBigInts = lines.map((line) => ({
  quantityMicros: BigInt(line.quantityMicros),
  priceMinor: BigInt(line.priceMinor),
  discountPpm: BigInt(line.discountPpm),
  taxPpm: BigInt(line.taxPpm),
}));

interface Totals {
  gross: bigint;
  discount: bigint;
  net: bigint;
  tax: bigint;
}

function timesOver(a: bigint, b: bigint): bigint {
  const product = a * b;
  const quotient = product / ONE;
  const rest = product % ONE;
  const twice = rest + rest;
  return twice > ONE || (twice === ONE && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

function byHand(): Totals {
  const sums = { gross: 0n, discount: 0n, net: 0n, tax: 0n };
  for (const line of lines) {
    const gross = timesOver(BigInt(line.quantityMicros), BigInt(line.priceMinor));
    const discount = line.discountPpm === 0 ? 0n : timesOver(gross, BigInt(line.discountPpm));
    const net = gross - discount;
    sums.gross += gross;
    sums.discount += discount;
    sums.net += net;
    sums.tax += timesOver(net, BigInt(line.taxPpm));
  }
  return sums;
}

function byHandOfBigInts(): Totals {
  const sums = { gross: 0n, discount: 0n, net: 0n, tax: 0n };
  for (const line of linesOfBigInts) {
    const gross = timesOver(line.quantityMicros, line.priceMinor);
    const discount = line.discountPpm === 0n ? 0n : timesOver(gross, line.discountPpm);
    const net = gross - discount;
    sums.gross += gross;
    sums.discount += discount;
    sums.net += net;
    sums.tax += timesOver(net, line.taxPpm);
  }
  return sums;
}

function byHandPerLine() {
  const sums = { gross: 0n, discount: 0n, net: 0n, tax: 0n, lines: [] as (Totals & { total: bigint })[] };
  for (const line of lines) {
    const gross = timesOver(BigInt(line.quantityMicros), BigInt(line.priceMinor));
    const discount = line.discountPpm === 0 ? 0n : timesOver(gross, BigInt(line.discountPpm));
    const net = gross - discount;
    const tax = timesOver(net, BigInt(line.taxPpm));
    sums.gross += gross;
    sums.discount += discount;
    sums.net += net;
    sums.tax += tax;
    sums.lines.push({ gross, discount, net, tax, total: net + tax });
  }
  return sums;
}

function byDinero(): Totals {
  const cents = (amount: unknown) => transformScale(amount, 2, halfEven);
  const micros = (amount: number) => ({ amount, scale: 6 });
  const zero = dinero({ amount: 0, currency: USD });
  let [gross, discount, net, tax] = [zero, zero, zero, zero];
  for (const line of lines) {
    const price = dinero({ amount: line.priceMinor, currency: USD });
    const lineGross = cents(multiply(price, micros(line.quantityMicros)));
    const lineDiscount = line.discountPpm ? cents(multiply(lineGross, micros(line.discountPpm))) : zero;
    const lineNet = subtract(lineGross, lineDiscount);
    gross = add(gross, lineGross);
    discount = add(discount, lineDiscount);
    net = add(net, lineNet);
    tax = add(tax, cents(multiply(lineNet, micros(line.taxPpm))));
  }
  const amount = (sum: unknown) => BigInt(toSnapshot(sum).amount);
  return { gross: amount(gross), discount: amount(discount), net: amount(net), tax: amount(tax) };
}

/** What big.js and decimal.js have in common. */
interface Decimals {
  times(other: Decimals): Decimals;
  plus(other: Decimals): Decimals;
  minus(other: Decimals): Decimals;
  toFixed(decimals: number): string;
}

function byDecimals<T extends Decimals>(
  make: (value: number) => T,
  cents: (value: Decimals) => Decimals,
): () => Totals {
  const micro = make(0.000_001);
  const timesRate = (a: Decimals, b: number) => cents(a.times(make(b)).times(micro));
  return () => {
    const zero: Decimals = make(0);
    let [gross, discount, net, tax] = [zero, zero, zero, zero];
    for (const line of lines) {
      const lineGross = timesRate(make(line.priceMinor), line.quantityMicros);
      const lineDiscount = line.discountPpm ? timesRate(lineGross, line.discountPpm) : zero;
      const lineNet = lineGross.minus(lineDiscount);
      gross = gross.plus(lineGross);
      discount = discount.plus(lineDiscount);
      net = net.plus(lineNet);
      tax = tax.plus(timesRate(lineNet, line.taxPpm));
    }
    const amount = (sum: Decimals) => BigInt(sum.toFixed(0));
    return { gross: amount(gross), discount: amount(discount), net: amount(net), tax: amount(tax) };
  };
}
const byBig = byDecimals(
  (value) => new Big(value),
  (value) => (value as InstanceType<typeof Big>).round(0, 2),
);
const byDecimal = byDecimals(
  (value) => new Decimal(value),
  (value) => (value as InstanceType<typeof Decimal>).toDecimalPlaces(0),
);

const packed = Int32Array.from(
  lines.flatMap((line) => [line.quantityMicros, line.priceMinor, line.discountPpm, line.taxPpm]),
);

const ours = (of: Parameters<typeof bill.invoice>[0]) => (): Totals => {
  const { grossMinor, discountMinor, netMinor, taxMinor } = bill.invoice(of);
  return { gross: grossMinor, discount: discountMinor, net: netMinor, tax: taxMinor };
};
const all: [string, () => Totals][] = [
  ["bill.invoice", ours(lines)],
  ["bill.invoice, bigint prices", ours(linesOfBigIntPrices)],
  ["bill.invoice, lines packed", ours(packed)],
  ["BigInt by hand", byHand],
  ["BigInt by hand, no conversion", byHandOfBigInts],
  ["dinero.js", byDinero],
  ["big.js", byBig],
  ["decimal.js", byDecimal],
];
const shown = (sums: Totals) => [sums.gross, sums.discount, sums.net, sums.tax].join(" ");
for (const [name, reckon] of all) {
  if (shown(reckon()) !== shown(byHand())) throw new Error(`${name} comes to ${shown(reckon())}`);
}
process.stdout.write(`all candidates come to ${shown(byHand())}\n\n`);

const candidate = ([name, reckon]: [string, () => unknown]): Candidate => ({
  name,
  run: (count) => {
    for (let i = 0; i < count; i++) reckon();
  },
});
const [first, ...others] = all.map(candidate);
if (!first) throw new Error("there is nothing to measure");
const results: Result[] = await measure({
  title: "invoice of 1,000 lines, the sums",
  mustReach: { "BigInt by hand": 4, "dinero.js": 300, "big.js": 300, "decimal.js": 300 },
  candidates: [first, ...others],
});
results.push(
  ...(await measure({
    title: "invoice of 1,000 lines, the sums and those of each line",
    mustReach: 4,
    candidates: [
      candidate(["bill.invoice with perLine", () => bill.invoice(lines, { perLine: true })]),
      candidate(["BigInt by hand", byHandPerLine]),
    ],
  })),
);

const balances = BigInt64Array.from({ length: LINES }, (_, i) => BigInt(1_000 + ((i * 7_919) % 5_000)));
results.push(
  ...(await measure({
    title: "a payment over 1,000 open balances",
    candidates: [candidate(["bill.pay", () => bill.pay(1_234_567n, balances)])],
  })),
);

// Time must grow with the number of lines and with nothing else.
for (const count of [1_000, 10_000, 100_000]) {
  const many = Array.from({ length: count }, (_, i) => lines[i % LINES] as bill.BillLine);
  const same = new BigInt64Array(count).fill(1n);
  results.push(
    ...(await measure({
      title: `${count} lines (per line)`,
      per: count,
      candidates: [
        candidate(["bill.invoice", () => bill.invoice(many)]),
        candidate(["tax by rate", () => bill.invoice(many, { taxRounding: "rate" })]),
        candidate(["bill.allocate, all alike", () => bill.allocate(BigInt(count - 1), same)]),
      ],
    })),
  );
}

report(results);
