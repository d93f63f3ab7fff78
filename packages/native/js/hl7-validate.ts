import { binding, checkBytes } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";
import { unpackName } from "./hl7-path.ts";

/** `strict`: what the standard says. `tolerant`: what a receiver can live with. */
export type Hl7Profile = "strict" | "tolerant";

const severities = ["info", "warning", "error"] as const;
const acks = [null, "AA", "AE", "AR"] as const;
const dispositions = ["take", "warn", "hold", "refuse"] as const;

/** Something that is not as it should be. */
export type Hl7Issue = {
  /** As the profile sees it. */
  severity: (typeof severities)[number];
  /** What this issue alone would lead to. An issue that holds names its OBX in `path`. */
  disposition: Hl7Disposition;
  /** `OBX[3]-5`, `PID-3.1`, `EVN` for a missing segment; "" when it concerns no segment. */
  path: string;
  /** Bytes of the input that are meant; length 0 where something is missing. */
  offset: number;
  length: number;
  /** 1-based line of the input. */
  line: number;
  /** Stable, for programs: `obx-status-missing`. */
  code: string;
  /** Error number of HL7 table 0357. */
  hl7Error: number;
  /** Constant text for people. */
  message: string;
  /** What to do about it, "" when there is nothing to say. */
  suggestion: string;
};

/** AA accepted, AE content or structure, AR header not acceptable; null when there is no header to answer. */
export type Hl7Ack = (typeof acks)[number];
/** What to do with the message: take it, take it and say so, hold the named OBX for review, refuse all of it. */
export type Hl7Disposition = (typeof dispositions)[number];

/** The verdict on one message. */
export type Hl7Report = {
  /** strict: the answer is AA. tolerant: the message may be taken as it is. */
  valid: boolean;
  /** The strict answer, whatever the profile. */
  ack: Hl7Ack;
  /** The tolerant decision, whatever the profile. */
  disposition: Hl7Disposition;
  /** MSH-9 as `ORU^R01`, MSH-12.1 and MSH-10 as written; "" when empty. */
  type: string;
  version: string;
  controlId: string;
  /** In the order they were found; at most 1,000. */
  issues: Hl7Issue[];
  /** How many there were. */
  issueCount: number;
};

/** How to validate. The default profile is `strict`. */
export type Hl7ValidateOptions = { profile?: Hl7Profile };

const reportWords = 11;
const issueWords = 12;
const issuesKept = 1000;
const out = new Uint32Array(reportWords + issueWords * issuesKept);
const codes = binding.codes();

/** Names of segments that stand once in a message and carry no [1]. */
const once = new Set("MSH PID EVN PV1 PV2 PD1 MSA SCH TXA MRG QPD RCP QAK MFI".split(" "));

function pathAt(base: number): string {
  const name = out[base] ?? 0;
  if (name === 0) return "";
  const [occurrence, field] = [out[base + 1] ?? 0, out[base + 2] ?? 0];
  const [repetition, component] = [out[base + 3] ?? 0, out[base + 4] ?? 0];
  const segment = unpackName(name);
  let path = segment;
  if (occurrence > 1 || (occurrence === 1 && !once.has(segment))) path += `[${occurrence}]`;
  if (field > 0) path += `-${field}`;
  if (repetition > 1) path += `[${repetition}]`;
  if (component > 0) path += `.${component}`;
  return path;
}

function issueAt(i: number): Hl7Issue {
  const base = reportWords + i * issueWords;
  const [code = "", hl7Error = 0, message = "", suggestion = ""] = codes[out[base] ?? 0] ?? [];
  return {
    severity: severities[out[base + 1] ?? 2] ?? "error",
    disposition: dispositions[out[base + 2] ?? 3] ?? "refuse",
    path: pathAt(base + 6),
    offset: out[base + 3] ?? 0,
    length: out[base + 4] ?? 0,
    line: out[base + 5] ?? 0,
    code,
    hl7Error,
    message,
    suggestion,
  };
}

function readIssues(found: number): Hl7Issue[] {
  const issues: Hl7Issue[] = [];
  for (let i = 0; i < found && i < issuesKept; i++) issues.push(issueAt(i));
  return issues;
}

/** Names in the header are a few letters: asking for each string where strings are made would cost more than reading them. */
const shortText = 12;

/** The text whose place two words of the report say. */
function textAt(bytes: Uint8Array, word: number): string {
  const at = out[word] as number;
  const end = at + (out[word + 1] as number);
  let text = "";
  let i = at;
  for (; i < end && end - at <= shortText; i++) {
    const byte = bytes[i] as number;
    if (byte >= 0x80) break;
    text += String.fromCharCode(byte);
  }
  if (i === end) return text;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8", at, end);
}

/** The profile of the options, as the binding wants it. */
export function checkProfile(options: Hl7ValidateOptions | undefined): Hl7Profile {
  const profile = options?.profile ?? "strict";
  if (profile === "strict" || profile === "tolerant") return profile;
  throw new Hl7Error("argument-invalid", "Expected strict or tolerant for profile.", { path: "profile" });
}

/**
 * Checks the first message in bytes. Never throws for what is in them: an empty, binary or oversized input is a report
 * too. For a file of several messages use {@link validateAll}.
 * @throws Hl7Error `argument-invalid` when the arguments are not bytes and a profile.
 */
export function validate(bytes: Uint8Array, options?: Hl7ValidateOptions): Hl7Report {
  checkBytes(bytes);
  const profile = checkProfile(options);
  const issueCount = binding.validate(bytes, profile === "strict" ? 0 : 1, out);
  const ack = acks[out[0] ?? 0] ?? null;
  const disposition = dispositions[out[1] ?? 3] ?? "refuse";
  const code = textAt(bytes, 3);
  const event = textAt(bytes, 5);
  return {
    valid: profile === "strict" ? ack === "AA" : disposition === "take" || disposition === "warn",
    ack,
    disposition,
    type: event ? `${code}^${event}` : code,
    version: textAt(bytes, 7),
    controlId: textAt(bytes, 9),
    issues: readIssues(issueCount),
    issueCount,
  };
}

/** An issue of the envelope, by its code. */
export function envelopeIssue(code: string, where: Pick<Hl7Issue, "path" | "offset" | "length" | "line">): Hl7Issue {
  const [, hl7Error = 0, message = "", suggestion = ""] = codes.find(([name]) => name === code) ?? [];
  return { severity: "warning", disposition: "warn", ...where, code, hl7Error, message, suggestion };
}
