import { Hl7Error } from "./hl7-error.ts";
import type { Hl7Message } from "./hl7-message.ts";
import type { Hl7Issue, Hl7Report } from "./hl7-validate.ts";
import { buildWith, formatTime, Hl7Writer } from "./hl7-writer.ts";

/** What an acknowledgement says. */
export type Hl7AckInput = {
  /** The verdict on the message that is answered. */
  report: Hl7Report;
  /** The message, for the names of the two sides; leave it out when it could not be read. */
  message?: Hl7Message;
  /** MSA-1; the report's `ack` unless another is given. C codes are the commit acknowledgements of enhanced mode. */
  code?: "AA" | "AE" | "AR" | "CA" | "CE" | "CR";
  /** MSH-10 of the acknowledgement: a number of our own. */
  controlId: string;
  /** MSH-7. */
  at: Date;
  /** MSA-3, before version 2.7 only. */
  text?: string;
};

const issuesSent = 20;
const severities = { error: "E", warning: "W", info: "I" } as const;
const errorTexts: Readonly<Record<number, string>> = {
  100: "Segment sequence error",
  101: "Required field missing",
  102: "Data type error",
  103: "Table value not found",
  200: "Unsupported message type",
  201: "Unsupported event code",
  203: "Unsupported version id",
  204: "Unknown key identifier",
  205: "Duplicate key identifier",
  207: "Application internal error",
};

/** ERR-2 of a path: segment, which of its name, field, repetition, component. */
function location(path: string): (string | undefined)[] {
  const match = /^([A-Z0-9]{3})(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?(?:\.(\d+))?)?$/.exec(path);
  if (!match) return [];
  const [, segment, occurrence = "1", field, repetition, component] = match;
  return [segment, occurrence, field, repetition ?? (component ? "1" : undefined), component];
}

function writeError(writer: Hl7Writer, issue: Hl7Issue): void {
  writer
    .segment("ERR")
    .field(2, location(issue.path))
    .field(3, [String(issue.hl7Error), errorTexts[issue.hl7Error], "HL70357"])
    .field(4, severities[issue.severity])
    .field(5, [issue.code])
    .field(8, issue.message);
}

/**
 * An ACK: MSA, and from version 2.5 one ERR for each of the first 20 issues worth an error or a warning. Nothing of the
 * answered message is repeated except its control id and the names of the two sides, escaped.
 * @throws Hl7Error `value-invalid` when there is no code to answer with (the message had no header).
 */
export function buildAck(input: Hl7AckInput): Uint8Array {
  return buildWith(() => writeAck(input));
}

function writeAck(input: Hl7AckInput): Uint8Array {
  const { report, message } = input;
  const code = input.code ?? report.ack;
  if (code === null)
    throw new Hl7Error("value-invalid", "A message without a header cannot be answered.", { path: "code" });
  const version = /^2\.[1-8](\.[12])?$/.test(report.version) ? report.version : "2.5.1";
  const event = /^[A-Z][0-9]{2}$/.test(report.type.split("^")[1] ?? "") ? report.type.split("^")[1] : undefined;
  const writer = new Hl7Writer().segment("MSH");
  const names = [5, 6, 3, 4].map((field) => [1, 2, 3].map((part) => message?.get(`MSH-${field}.${part}`) || undefined));
  for (const [i, name] of names.entries()) writer.field(i + 3, name);
  writer
    .field(7, formatTime(input.at))
    .field(9, ["ACK", event, "ACK"])
    .field(10, input.controlId)
    .field(11, message?.get("MSH-11.1") || "P")
    .field(12, version)
    .field(18, "UNICODE UTF-8")
    .segment("MSA")
    .field(1, code)
    .field(2, report.controlId);
  if (version < "2.7") writer.field(3, input.text);
  if (version >= "2.5") {
    const sent = report.issues.filter((issue) => issue.severity !== "info").slice(0, issuesSent);
    for (const issue of sent) writeError(writer, issue);
  }
  return writer.finish();
}
