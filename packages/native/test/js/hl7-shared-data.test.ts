import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hl7 } from "../../js/index.ts";
import { referenceData } from "../../test-support/index.ts";
import { filesIn } from "./hl7-fixtures.ts";

// Real messages with a verdict for each. They are not part of the project: where they are missing this is skipped.
const folder = referenceData("hl7");
const index = folder ? readFileSync(new URL("INDEX.md", folder), "utf8") : "";

type Verdict = { file: string; ack: string; error: string; disposition: RegExp };

const tolerated =
  "evn-missing pv1-missing-custom-delims segment-order rde-o11-no-timing siu-rgs-missing msh7-iso8601 pid8-bad-code pid7-text obx-missing-placeholder msh12-unknown-2.9 batch-count-mismatch";
const held =
  /^(obx11-missing|obx11-shifted|obx-1-not-number|obx5-.*|obx-duplicate-.*|ed-4-components|mllp-oru-no-status)$/;

function dispositionOf(file: string): RegExp {
  const name = file.replace(/\.hl7$/, "");
  if (tolerated.split(" ").includes(name)) return /^(take|warn)$/;
  return held.test(name) ? /^hold$/ : /^refuse$/;
}

function verdicts(part: "good" | "bad"): Verdict[] {
  const files = folder ? filesIn(new URL(`${part}/`, folder)) : [];
  return files.map((file) => {
    const row = index.split("\n").find((line) => line.startsWith(`| ${file} |`)) ?? "";
    const cells = row.split("|").map((cell) => cell.trim());
    if (part === "good") return { file, ack: "AA", error: "-", disposition: /^(take|warn)$/ };
    return { file, ack: cells[5] ?? "", error: cells[6] ?? "", disposition: dispositionOf(file) };
  });
}

const read = (part: string, file: string): Uint8Array => readFileSync(new URL(`${part}/${file}`, folder));

/** One ack for a file, as the index gives it: of several messages the worst, an unreadable one among others counting as AE. */
function ackOf({ reports, envelope }: hl7.Hl7FileReport): string {
  const acks = reports.map((report) => report.ack);
  if (acks.length === 1 && acks[0] === null) return "none";
  if (acks.includes("AR")) return "AR";
  return acks.includes("AE") || acks.includes(null) || envelope.length > 0 ? "AE" : "AA";
}

describe.skipIf(!folder)("good messages", () => {
  it.each(verdicts("good"))("$file is AA and may be taken", ({ file, disposition }) => {
    const bytes = read("good", file);
    expect(ackOf(hl7.validateAll(bytes))).toBe("AA");
    expect(hl7.validateAll(bytes, { profile: "tolerant" })).toMatchObject({
      valid: true,
      disposition: expect.stringMatching(disposition),
    });
    for (const { offset, length } of hl7.split(bytes))
      hl7.parse(bytes.subarray(offset, offset + length)).observations();
  });
});

describe.skipIf(!folder)("bad messages", () => {
  it.each(verdicts("bad"))("$file is $ack $error", ({ file, ack, error, disposition }) => {
    const strict = hl7.validateAll(read("bad", file));
    // "AA or AE": a test without results is legal in the standard, so strict says AA and warns with the same number.
    expect(ack.split(" or ")).toContain(ackOf(strict));
    const numbers = [...strict.reports.flatMap((report) => report.issues), ...strict.envelope]
      .filter((issue) => issue.severity !== "info")
      .map((issue) => String(issue.hl7Error));
    if (error !== "-") expect(numbers).toContain(error);
    if (file !== "batch-bad-member.hl7") expect(strict.disposition).toMatch(disposition);
  });

  it("batch-bad-member.hl7 takes in members 1 and 3", () => {
    const { reports } = hl7.validateAll(read("bad", "batch-bad-member.hl7"), { profile: "tolerant" });
    expect(reports.map((report) => report.disposition)).toEqual(["take", "refuse", "take"]);
  });
});
