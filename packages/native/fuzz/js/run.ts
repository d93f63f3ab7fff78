// C and JavaScript together on damaged input: what one says is compared with what the other says, and whatever is thrown must
// be an error of ours with a code. test/js/mutated.test.ts runs it short; scripts/torture-js.mjs long, under sanitizers.
import { AuthzError, authz, BillError, bill, CutilsError, cutils, Hl7Error, hl7 } from "../../js/index.ts";
import { makeRandom, type Random } from "./random.ts";

/** What was done and how much of it was refused. */
export interface Counts {
  messages: number;
  readable: number;
  invoices: number;
  envelopes: number;
  policies: number;
}

const acks = [null, "AA", "AE", "AR"];
const columns = ["3.1", "5", "5[2].2.1", "6.1", "11", "40"] as const;

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`does not hold: ${what}`);
}

/** Runs work that may be refused; the error's code, or undefined. */
function refusal(work: () => unknown, kind: new (...args: never[]) => { readonly code: string }): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof kind && error.code !== "") return error.code;
    throw error;
  }
  return undefined;
}

const bits = '\r\n|^~\\&\x0b\x1c\0"äA1.';

/** A copy with some bytes changed, taken out, doubled, moved or cut off. */
function damaged(random: Random, bytes: Buffer): Buffer {
  let copy = Buffer.from(bytes);
  for (let n = random(5); n >= 0; n--) {
    const at = random(copy.length + 1);
    const end = Math.min(copy.length, at + random(30));
    const way = random(6);
    if (way === 0) copy = copy.subarray(0, at);
    else if (way === 1) copy = Buffer.concat([copy.subarray(0, at), copy.subarray(end)]);
    else if (way === 2) copy = Buffer.concat([copy.subarray(0, end), copy.subarray(at)]);
    else if (way === 3 && at < copy.length) copy[at] = random(256);
    else copy = Buffer.concat([copy.subarray(0, at), Buffer.from(bits[random(bits.length)] ?? "|"), copy.subarray(at)]);
  }
  return copy;
}

function checkMessage(random: Random, seeds: readonly Buffer[], counts: Counts): void {
  const bytes = damaged(random, seeds[random(seeds.length)] ?? Buffer.alloc(0));
  counts.messages++;
  const strict = hl7.validate(bytes);
  const tolerant = hl7.validate(bytes, { profile: "tolerant" });
  must(acks.includes(strict.ack) && strict.ack === tolerant.ack, "both profiles answer alike");
  must(strict.disposition === tolerant.disposition, "both profiles take alike");
  must(strict.issueCount === tolerant.issueCount, "both profiles find the same");
  for (const { offset, length, line, code } of strict.issues) {
    must(offset >= 0 && offset + length <= bytes.length && line >= 1 && code !== "", "an issue is inside the input");
  }
  for (const { offset, length } of hl7.split(bytes)) must(offset + length <= bytes.length, "a part is inside");
  if (refusal(() => readMessage(bytes), Hl7Error) === undefined) counts.readable++;
}

function readMessage(bytes: Buffer): void {
  const message = hl7.parse(bytes);
  const rows = message.rows("OBX", columns);
  must(rows.length === message.count("OBX"), "a row for each OBX");
  for (const [i, row] of rows.entries()) {
    if (i > 20) break;
    for (const [c, column] of columns.entries()) {
      must(row[c] === message.get(`OBX[${i + 1}]-${column}`), `rows and get agree on OBX[${i + 1}]-${column}`);
    }
  }
  must(message.observations().length === rows.length, "an observation for each OBX");
  message.orders();
}

const one = 1_000_000n;
function over(product: bigint): bigint {
  const [quotient, twice] = [product / one, (product % one) * 2n];
  return twice > one || (twice === one && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function checkInvoice(random: Random, counts: Counts): void {
  counts.invoices++;
  const whole = () => random(2 ** 31) >>> random(31);
  const lines = Array.from({ length: random(40) }, () => ({
    quantityMicros: whole(),
    priceMinor: whole(),
    discountPpm: random(2) * random(1_000_001),
    taxPpm: random(8) * 10_000,
  }));
  const packed = Int32Array.from(lines.flatMap((line) => Object.values(line)));
  let [net, tax] = [0n, 0n];
  for (const { quantityMicros, priceMinor, discountPpm, taxPpm } of lines) {
    const gross = over(BigInt(quantityMicros) * BigInt(priceMinor));
    const left = gross - over(gross * BigInt(discountPpm));
    net += left;
    tax += over(left * BigInt(taxPpm));
  }
  for (const made of [bill.invoice(lines), bill.invoice(packed), bill.invoice(lines, { trail: true })]) {
    must(made.netMinor === net && made.taxMinor === tax && made.totalMinor === net + tax, "an invoice is BigInt's");
    must(made.rates.reduce((sum, rate) => sum + rate.netMinor, 0n) === net, "rates add up");
  }
  const weights = lines.map((line) => line.priceMinor);
  refusal(() => {
    const { sharesMinor } = bill.allocate(BigInt(whole()), weights);
    must(sharesMinor.length === weights.length, "a share for each");
  }, BillError);
  refusal(() => bill.parse(String(whole() / (random(1e6) + 1)).slice(0, random(20)), random(19)), BillError);
}

const ring = new cutils.KeyRing({
  keys: [{ id: 7, key: Buffer.alloc(32, 1), state: "active" }],
  indexKey: Buffer.alloc(32, 2),
});

function checkEnvelope(random: Random, counts: Counts): void {
  counts.envelopes++;
  const place = { tenant: "t", table: "patient", column: "ssn", row: String(random(1e6)) };
  const text = "x".repeat(random(random(20) === 0 ? 70_000 : 60));
  const sealed = Buffer.from(ring.seal(text, place));
  must(ring.open(sealed, place) === text, "what was sealed opens");
  must(refusal(() => ring.open(sealed, { ...place, column: "name" }), CutilsError) === "open-failed", "nowhere else");
  const at = random(sealed.length);
  sealed[at] = (sealed[at] ?? 0) ^ (1 << random(8));
  must(refusal(() => ring.open(sealed, place), CutilsError) !== undefined, "a flipped bit is refused");
  must(
    refusal(() => ring.open(sealed.subarray(0, random(sealed.length)), place), CutilsError) !== undefined,
    "so is a stump",
  );
}

const policy = Buffer.from(`role doctor, nurse
permission patient.read, lab.result.release
attribute subject.id: text
attribute subject.facilities: set
attribute resource.facility: text
attribute env.time: time
attribute resource.age: number
allow "own facility" doctor to patient.read when resource.facility in subject.facilities
allow "adults" nurse to patient.* when all(resource.age from 18 to 120, not(subject.id is "x"))
deny "night" anyone to lab.result.* when env.time from 22:00 to 06:00
`);

function checkPolicy(random: Random, counts: Counts): void {
  counts.policies++;
  const text = damaged(random, policy).toString("utf8");
  refusal(() => {
    const compiled = authz.compile(text);
    const resources = Array.from({ length: random(70) }, () => ({ facility: "abc"[random(4)], age: random(200) - 20 }));
    const request = {
      permission: "patient.read",
      roles: ["doctor", "nurse"],
      subject: { id: "u", facilities: ["a", "b"] },
    };
    const many = compiled.decideMany(request, resources);
    for (const [i, resource] of resources.entries()) {
      const single = compiled.decide({ ...request, resource });
      must(single.allowed === many[i]?.allowed && single.reason === many[i]?.reason, "one decision is as among many");
    }
    compiled.explain({ ...request, resource: resources[0] ?? {} });
  }, AuthzError);
}

/** Runs `count` damaged messages, and of the rest a tenth. Throws for the first thing that does not hold, with its seed. */
export function runMutations(seeds: readonly Buffer[], count: number, seed: number): Counts {
  const counts: Counts = { messages: 0, readable: 0, invoices: 0, envelopes: 0, policies: 0 };
  for (let i = 0; i < count; i++) {
    const random = makeRandom(seed + i);
    try {
      checkMessage(random, seeds, counts);
      if (i % 10 === 0) {
        checkInvoice(random, counts);
        checkEnvelope(random, counts);
        checkPolicy(random, counts);
      }
    } catch (cause) {
      throw new Error(`with seed ${seed + i}`, { cause });
    }
  }
  return counts;
}
