import { hl7 } from "@infirmary/native";
import type { hl7Validation } from "@infirmary/shared/hl7";
import type { z } from "zod";

const issuesMax = 500;

/**
 * Judges a message, or a file of several, as the standard of its version says (strict). What uploading tolerates is shown by the
 * upload's own preview. A file is valid when its envelope and every message are; the head is that of the first.
 */
export async function validateMessage(bytes: Uint8Array): Promise<z.infer<typeof hl7Validation>> {
  const { valid, reports, envelope } = await hl7.validateAsync(bytes, { profile: "strict" });
  const [first] = reports;
  const named = (message: string, index: number) => (reports.length > 1 ? `Message ${index + 1}: ${message}` : message);
  const issues = reports.flatMap((report, index) =>
    report.issues.map((issue) => ({ ...issue, message: named(issue.message, index) })),
  );
  return {
    valid,
    type: first?.type ?? null,
    version: first?.version ?? null,
    controlId: first?.controlId ?? null,
    issues: [...envelope, ...issues]
      .slice(0, issuesMax)
      .map(({ severity, path, code, message }) => ({ severity, path, code, message })),
  };
}
