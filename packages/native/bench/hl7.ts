// libhl7val against HL7 parsers of the registry: `node packages/native/bench/hl7.ts [--json]`. Every candidate parses the
// same bytes and reads the same six elements of every OBX; their sum of lengths is compared before anything is measured.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { hl7 } from "../js/index.ts";
import { type Candidate, machine, measure, type Result } from "./rounds.ts";

const peers = new URL("peers-hl7/", import.meta.url);
if (!existsSync(new URL("node_modules/", peers))) {
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: peers, stdio: "inherit" });
}
const peer = (path: string) => import(new URL(`node_modules/${path}`, peers).href);
const { default: simple } = await peer("simple-hl7/lib/index.js");
const { default: Standard } = await peer("hl7-standard/index.js");
const { default: amida } = await peer("hl7/index.js");
const { Hl7Message: Medplum } = await peer("@medplum/core/dist/esm/index.mjs");

const columns = ["3.1", "5", "6.1", "7", "8", "11"] as const;

function messageOf(results: number): Buffer {
  const lines = [
    "MSH|^~\\&|LAB|MAIN|EHR|WARD|20260419101500||ORU^R01^ORU_R01|M1|P|2.5.1",
    "PID|1||4711^^^MAIN^MR||Doe^Jane||19800102|F",
    "OBR|1|ORD-1|F-1|58410-2^CBC panel^LN|||20260419090000|||||||||||||||20260419100000|||F",
  ];
  for (let i = 1; i <= results; i++) {
    lines.push(
      `OBX|${i}|NM|${718 + i}-7^Hemoglobin [Mass/volume] in Blood^LN||13.${i % 10}|g/dL^gram per decilitre^UCUM|12.0-16.0|N|||F|||20260419090000`,
    );
  }
  return Buffer.from(`${lines.join("\r")}\r`);
}

/** Each way of reading the six elements of all OBX; all return how many characters they read. */
const readers: Record<string, (bytes: Buffer) => number> = {
  "ours, rows": (bytes) => {
    let read = 0;
    for (const row of hl7.parse(bytes).rows("OBX", columns)) for (const value of row) read += value?.length ?? 0;
    return read;
  },
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
  "simple-hl7": (bytes) => {
    const message = new simple.Parser().parse(bytes.toString());
    let read = 0;
    for (const obx of message.getSegments("OBX")) {
      read += obx.getComponent(3, 1).length + obx.getField(5).length + obx.getComponent(6, 1).length;
      read += obx.getField(7).length + obx.getField(8).length + obx.getField(11).length;
    }
    return read;
  },
  "hl7-standard": (bytes) => {
    const message = new Standard(bytes.toString());
    message.transform();
    let read = 0;
    for (const obx of message.getSegments("OBX")) {
      read += obx.get("OBX.3.1").length + obx.get("OBX.5").length + obx.get("OBX.6.1").length;
      read += obx.get("OBX.7").length + obx.get("OBX.8").length + obx.get("OBX.11").length;
    }
    return read;
  },
  hl7: (bytes) => {
    let read = 0;
    for (const segment of amida.parseString(bytes.toString())) {
      if (segment[0] !== "OBX") continue;
      read += segment[3][0][0].length + String(segment[5]).length + segment[6][0][0].length;
      read += String(segment[7]).length + String(segment[8]).length + String(segment[11]).length;
    }
    return read;
  },
  "@medplum/core": (bytes) => {
    let read = 0;
    for (const obx of Medplum.parse(bytes.toString()).getAllSegments("OBX")) {
      read += obx.getComponent(3, 1).length + obx.getField(5).toString().length + obx.getComponent(6, 1).length;
      read +=
        obx.getField(7).toString().length + obx.getField(8).toString().length + obx.getField(11).toString().length;
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

async function compare(title: string, bytes: Buffer, mustReach: number): Promise<void> {
  const expected = readers["ours, rows"]?.(bytes);
  const candidates: Candidate[] = [];
  for (const [name, read] of Object.entries(readers)) {
    const got = read(bytes);
    if (got !== expected) throw new Error(`${name} read ${got} characters instead of ${expected}`);
    candidates.push({ name, run: repeat(() => read(bytes)) });
  }
  const [ours, ...others] = candidates;
  if (!ours) return;
  const own = others.filter(({ name }) => name.startsWith("ours"));
  results.push(...(await measure({ title: `${title}: our three ways`, candidates: [ours, ...own] })));
  const foreign = others.filter(({ name }) => !name.startsWith("ours"));
  results.push(...(await measure({ title, candidates: [ours, ...foreign], mustReach })));
}

await compare(`parse and read 6 elements of each of 20 OBX (${small.length} bytes)`, small, 18);
await compare(`the same of 10,000 OBX (${(large.length / 1e6).toFixed(2)} MB)`, large, 14);
results.push(
  ...(await measure({
    title: `what else a message of ${small.length} bytes costs`,
    candidates: [
      { name: "parse alone", run: repeat(() => hl7.parse(small)) },
      { name: "strict validation", run: repeat(() => hl7.validate(small)) },
      { name: "split a file of 1", run: repeat(() => hl7.split(small)) },
    ],
  })),
);
results.push(
  ...(await measure({
    title: `what else a message of ${(large.length / 1e6).toFixed(2)} MB costs`,
    candidates: [
      { name: "parse alone", run: repeat(() => hl7.parse(large)) },
      { name: "strict validation", run: repeat(() => hl7.validate(large)) },
    ],
  })),
);
if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ machine: machine(), results })}\n`);
