// libhl7val against HL7 parsers of the registry: `node packages/native/bench/hl7.ts`. Every candidate parses the same bytes
// and reads the same six elements of every OBX; how much they read is compared before anything is measured.
import { hl7 } from "../js/index.ts";
import { adversarialWorks } from "./hl7-adversarial.ts";
import { endC, inC } from "./hl7-in-c.ts";
import { type Reader, readersOfPeers } from "./hl7-readers.ts";
import { type Candidate, measure, type Result, report } from "./rounds.ts";

const columns = ["3.1", "5", "6.1", "7", "8", "11"] as const;

function messageOf(results: number): Buffer {
  const lines = [
    "MSH|^~\\&|LAB|MAIN|EHR|WARD|20260419101500||ORU^R01^ORU_R01|M1|P|2.5.1",
    "PID|1||4711^^^MAIN^MR||Doe^Jane||19800102|F",
    "OBR|1|ORD-1|F-1|58410-2^CBC panel^LN|||20260419090000|||||||||||||||20260419100000|||F",
  ];
  for (let i = 1; i <= results; i++) {
    lines.push(
      `OBX|${i}|NM|${718 + i}-7^Hemoglobin [Mass/volume] in Blood^LN||13.${1 + (i % 9)}|g/dL^gram per decilitre^UCUM|12.0-16.0|N|||F|||20260419090000`,
    );
  }
  return Buffer.from(`${lines.join("\r")}\r`);
}

const readByRows: Reader = (bytes) => {
  let read = 0;
  for (const row of hl7.parse(bytes).rows("OBX", columns)) for (const value of row) read += value?.length ?? 0;
  return read;
};
const ourReaders: Readonly<Record<string, Reader>> = {
  "ours, rows": readByRows,
  "ours, get": (bytes) => {
    const message = hl7.parse(bytes);
    const count = message.count("OBX");
    let read = 0;
    for (let i = 1; i <= count; i++) {
      for (const column of columns) read += message.get(`OBX[${i}]-${column}`)?.length ?? 0;
    }
    return read;
  },
  "ours, observations": (bytes) => {
    let read = 0;
    for (const { code, value, unit, referenceRange, abnormalFlag, status } of hl7.parse(bytes).observations()) {
      read += code.length + value.length + unit.length + referenceRange.length + abnormalFlag.length + status.length;
    }
    return read;
  },
};

const small = messageOf(20);
const large = messageOf(10_000);
const results: Result[] = [];
const repeat =
  (work: () => unknown): Candidate["run"] =>
  (count) => {
    for (let i = 0; i < count; i++) work();
  };

async function candidatesOf(readers: Readonly<Record<string, Reader>>, bytes: Buffer): Promise<Candidate[]> {
  const expected = await readByRows(bytes);
  const candidates: Candidate[] = [];
  for (const [name, read] of Object.entries(readers)) {
    const got = read(bytes);
    if ((await got) !== expected) throw new Error(`${name} read ${await got} characters instead of ${expected}`);
    const run =
      got instanceof Promise
        ? async (count: number) => {
            for (let i = 0; i < count; i++) await read(bytes);
          }
        : repeat(() => read(bytes));
    candidates.push({ name, run });
  }
  return candidates;
}

async function compare(title: string, bytes: Buffer, mustReach: number): Promise<void> {
  const [ours, ...otherWays] = await candidatesOf(ourReaders, bytes);
  if (!ours) return;
  const peers = await candidatesOf(readersOfPeers, bytes);
  results.push(...(await measure({ title, candidates: [ours, ...peers], mustReach })));
  results.push(...(await measure({ title: `${title}: our other ways`, candidates: [ours, ...otherWays] })));
  const c = [inC("the same in C", bytes), inC("the index alone in C", bytes, true)];
  const [boundary, , index] = await measure({ title: `${title}: what the boundary costs`, candidates: [ours, ...c] });
  if (!boundary || !index) return;
  results.push(boundary, index);
  process.stdout.write(`  the index alone: ${(bytes.length / index.ns[1]).toFixed(1)} GB/s (goal 3)\n\n`);
}

const megabytes = (large.length / 1e6).toFixed(2);
await compare(`parse and read 6 elements of each of 20 OBX (${small.length} bytes)`, small, 18);
await compare(`parse and read 6 elements of each of 10,000 OBX (${megabytes} MB)`, large, 14);
results.push(
  ...(await measure({
    title: `strict validation of ${small.length} bytes`,
    mustStayUnder: 10_000,
    candidates: [
      { name: "validate", run: repeat(() => hl7.validate(small)) },
      { name: "parse alone", run: repeat(() => hl7.parse(small)) },
      { name: "split a file of 1", run: repeat(() => hl7.split(small)) },
    ],
  })),
  ...(await measure({
    title: `strict validation of ${megabytes} MB`,
    candidates: [
      { name: "validate", run: repeat(() => hl7.validate(large)) },
      { name: "parse alone", run: repeat(() => hl7.parse(large)) },
    ],
  })),
);
endC();
for (const work of adversarialWorks()) results.push(...(await measure(work)));
report(results);
