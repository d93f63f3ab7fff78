import { z } from "zod";

/** Largest HL7 message taken, in bytes. */
export const messageBytesMax = 5 * 1024 * 1024;

/** A message in JSON: the text itself, segments parted by CR, LF or CRLF. */
export const hl7MessageInput = z.strictObject({ hl7Message: z.string().min(1, "Required.").max(messageBytesMax) });

export const hl7IssueOutput = z.object({
  severity: z.enum(["error", "warning", "info"]),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});
export const hl7Validation = z.object({
  valid: z.boolean(),
  type: z.string().nullable(),
  version: z.string().nullable(),
  controlId: z.string().nullable(),
  issues: z.array(hl7IssueOutput),
});
