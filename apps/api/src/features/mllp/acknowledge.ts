import { type Hl7Message, hl7 } from "@infirmary/native";
import type { UnmatchedReason } from "@infirmary/shared/unmatched";

/** MSA-1 without its first letter: accepted, error in the content, not accepted at all. */
export type Verdict = "A" | "E" | "R";

export type Reply = {
  report: ReturnType<typeof hl7.validate>;
  message: Hl7Message | null;
  verdict: Verdict;
  /** What stands in ERR beside what the validator found. */
  problems: readonly { path: string; message: string; hl7Error: number; isError: boolean }[];
  /** The id of what was stored: the acknowledgement's own number is made of it, so that a repeat gets the same bytes. */
  id: string;
  at: Date;
};

/** HL7 table 0357, by the reason a message waits. */
export const errorNumbers: Record<UnmatchedReason, number> = {
  "message-invalid": 207,
  "patient-not-found": 204,
  "patient-mismatch": 204,
  "order-not-found": 204,
  "order-mismatch": 204,
  "order-cancelled": 207,
  "code-not-found": 103,
  "result-superseded": 207,
  "control-id-reused": 205,
};

/**
 * The acknowledgements of a message, in the order they are sent: one in original mode; in enhanced mode (MSH-15 or MSH-16 says
 * something) the commit and the application acknowledgement, each where its condition asks for it (HL7 table 0155). Where none is asked
 * for, one is sent all the same: over MLLP silence cannot be told from loss.
 */
export function acknowledge(reply: Reply): Uint8Array[] {
  const { message, verdict } = reply;
  const [commit = "", application = ""] = ["MSH-15", "MSH-16"].map((path) => message?.get(path)?.trim() ?? "");
  const wanted = [
    ...(isWanted(commit, verdict) ? [write(reply, `C${verdict}`)] : []),
    ...(isWanted(application, verdict) ? [write(reply, `A${verdict}`)] : []),
  ];
  return wanted.length > 0 ? wanted : [write(reply, `A${verdict}`)];
}

/** AL always, NE never, ER on error, SU on success; what is not said is not wanted. */
function isWanted(condition: string, verdict: Verdict): boolean {
  return condition === "AL" || (condition === "SU" && verdict === "A") || (condition === "ER" && verdict !== "A");
}

function write(
  { report, message, verdict, problems, id, at }: Reply,
  code: "AA" | "AE" | "AR" | "CA" | "CE" | "CR",
): Uint8Array {
  const said = problems.map(({ path, message: text, hl7Error, isError }) => ({
    severity: isError ? ("error" as const) : ("warning" as const),
    disposition: isError ? ("refuse" as const) : ("warn" as const),
    path,
    offset: 0,
    length: 0,
    line: 0,
    code: "",
    hl7Error,
    message: text,
    suggestion: "",
  }));
  // An accepted message has no errors any more: what was tolerated is a warning.
  const found = report.issues.map((issue) =>
    verdict === "A" && issue.severity === "error" ? { ...issue, severity: "warning" as const } : issue,
  );
  const [first] = [...said, ...found.filter(({ severity }) => severity === "error")];
  return hl7.buildAck({
    report: { ...report, issues: [...said, ...found] },
    ...(message ? { message } : {}),
    code,
    // The last 20 digits, 74 of them random bits: as long as MSH-10 may be in every version.
    controlId: id.replaceAll("-", "").slice(-20),
    at,
    ...(first ? { text: first.message.slice(0, 80) } : {}),
  });
}
