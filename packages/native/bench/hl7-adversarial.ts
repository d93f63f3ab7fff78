// Input built to be slow. Each is taken once as it is and once with an eighth of it: where time grows with the length and with
// nothing else, a kilobyte costs the same in both.
import { hl7 } from "../js/index.ts";
import type { Candidate, Work } from "./rounds.ts";

const head = [
  "MSH|^~\\&|LAB|MAIN|EHR|WARD|20260419101500||ORU^R01^ORU_R01|M1|P|2.5.1",
  "PID|1||4711^^^MAIN^MR||Doe^Jane||19800102|F",
  "OBR|1|ORD-1|F-1|58410-2^CBC panel^LN|||20260419090000|||||||||||||||20260419100000|||F",
];
const obx = (value: string, type = "ST") => `OBX|1|${type}|718-7^Hemoglobin^LN||${value}|g/dL|12.0-16.0|N|||F`;

/** Each makes a message whose length grows with n, up to what is allowed. */
const inputs: Record<string, { make: (n: number) => string[]; n: number }> = {
  "one field of 5 MB": { make: (n) => [obx("x".repeat(n), "TX")], n: 5_000_000 },
  "nested escapes": { make: (n) => [obx("\\E".repeat(n), "TX")], n: 2_400_000 },
  "escapes that never end": { make: (n) => [obx("\\X41".repeat(n), "TX")], n: 1_200_000 },
  "100,000 repetitions": { make: (n) => [obx(Array(n).fill("a~b^c&d").join("~"))], n: 100_000 },
  "100,000 components": { make: (n) => [obx(Array(n).fill("a").join("^"), "CWE")], n: 100_000 },
  "100,000 fields": { make: (n) => [`${obx("1")}${"|x".repeat(n)}`], n: 100_000 },
  "100,000 results, all alike": { make: (n) => Array<string>(n).fill(obx("1")), n: 60_000 },
  "200,000 empty segments": { make: (n) => Array<string>(n).fill("OBX|"), n: 200_000 },
  "only delimiters": { make: (n) => [obx("|~^&\\".repeat(n))], n: 900_000 },
};

const bytesOf = (lines: readonly string[]) => Buffer.from(`${[...head, ...lines].join("\r")}\r`, "latin1");

/** Everything that looks at a message. */
function readAll(bytes: Buffer): void {
  hl7.validate(bytes);
  const message = hl7.parse(bytes);
  message.get("OBX[1]-5");
  message.get("OBX[1]-5[99999].9");
  message.rows("OBX", ["3.1", "5", "11"]);
  message.observations();
}

export function adversarialWorks(): Work[] {
  return Object.entries(inputs).map(([name, { make, n }]): Work => {
    const [whole, eighth] = [bytesOf(make(n)), bytesOf(make(n / 8))];
    const candidate = (label: string, bytes: Buffer, times: number): Candidate => ({
      name: label,
      run: (count) => {
        for (let i = 0; i < count * times; i++) readAll(bytes);
      },
    });
    return {
      title: `hostile: ${name}, validated and read (per KB; both alike: time is linear)`,
      per: whole.length / 1_000,
      rounds: 5,
      candidates: [
        candidate(`${(whole.length / 1e6).toFixed(1)} MB`, whole, 1),
        candidate("an eighth, 8 times", eighth, 8),
      ],
    };
  });
}
