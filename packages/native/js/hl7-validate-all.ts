import { checkBytes } from "./hl7-binding.ts";
import { type Hl7Part, splitParts } from "./hl7-split.ts";
import {
  checkProfile,
  envelopeIssue,
  type Hl7Disposition,
  type Hl7Issue,
  type Hl7Report,
  type Hl7ValidateOptions,
  validate,
} from "./hl7-validate.ts";

/** The verdict on a file. */
export type Hl7FileReport = {
  /** Every message and the envelope are valid. */
  valid: boolean;
  /** The worst decision of its messages; each message has its own. */
  disposition: Hl7Disposition;
  /** One report for each message, with positions in the file. Never empty: a file without a message has one that says so. */
  reports: Hl7Report[];
  /** What concerns the file: counts in BTS-1 and FTS-1, lines that belong to no message. */
  envelope: Hl7Issue[];
};

const order: readonly Hl7Disposition[] = ["take", "warn", "hold", "refuse"];

/**
 * Checks every message of a file: one message, a stream of several, or a batch with FHS, BHS, BTS and FTS. A message
 * that is refused does not keep the others from being taken.
 * @throws Hl7Error `argument-invalid`, and `file-too-big` above 64 MiB.
 */
export function validateAll(bytes: Uint8Array, options?: Hl7ValidateOptions): Hl7FileReport {
  checkBytes(bytes);
  const profile = checkProfile(options);
  const parts = splitParts(bytes);
  const messages = parts.filter((part) => part.kind === "message");
  const alone = messages.length <= 1 && parts.every((part) => part.kind === "message" || part.kind === "stray");
  const reports = alone ? [validate(bytes, options)] : messages.map((part) => validateAt(bytes, part, options));
  const envelope = alone ? [] : checkEnvelope(bytes, parts);
  if (profile === "strict") for (const issue of envelope) issue.severity = "error";
  const worst = Math.max(...reports.map((report) => order.indexOf(report.disposition)), envelope.length > 0 ? 1 : 0);
  return {
    valid: reports.every((report) => report.valid) && (profile === "tolerant" || envelope.length === 0),
    disposition: order[worst] ?? "refuse",
    reports: reports.length > 0 ? reports : [validate(bytes, options)],
    envelope,
  };
}

function validateAt(bytes: Uint8Array, part: Hl7Part, options: Hl7ValidateOptions | undefined): Hl7Report {
  let end = part.offset + part.length;
  for (let i = 0; i < 2 && (bytes[end] === 13 || bytes[end] === 10); i++) end++;
  const report = validate(bytes.subarray(part.offset, end), options);
  for (const issue of report.issues) {
    issue.offset += part.offset;
    issue.line += part.line - 1;
  }
  return report;
}

/** Counts messages of a batch against its BTS-1, batches of the file against FTS-1. */
function checkEnvelope(bytes: Uint8Array, parts: Hl7Part[]): Hl7Issue[] {
  const issues: Hl7Issue[] = [];
  let [messages, batches] = [0, 0];
  for (const part of parts) {
    const place = { offset: part.offset, length: part.length, line: part.line };
    if (part.kind === "message") messages++;
    if (part.kind === "BHS") {
      messages = 0;
      batches++;
    }
    if (part.kind === "stray") issues.push(envelopeIssue("batch-stray-lines", { ...place, path: "" }));
    const counted = part.kind === "BTS" ? messages : part.kind === "FTS" ? Math.max(batches, 1) : undefined;
    const said = counted === undefined ? undefined : announced(bytes, part);
    if (said !== undefined && said !== counted) {
      issues.push(envelopeIssue("batch-count", { ...place, path: `${part.kind}-1` }));
    }
  }
  return issues;
}

/** The number in field 1 of a trailer, undefined when there is none. */
function announced(bytes: Uint8Array, part: Hl7Part): number | undefined {
  const text = Buffer.from(bytes.subarray(part.offset, part.offset + part.length)).toString("latin1");
  const field = text.slice(4).split(text.charAt(3))[0] ?? "";
  return /^\d{1,9}$/.test(field) ? Number(field) : undefined;
}
