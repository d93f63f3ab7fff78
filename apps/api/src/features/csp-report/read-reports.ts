import { z } from "zod";

/** What a page's policy refused: which rule, what kind of thing, on which screen. No address in full, no query, no sample of a script. */
export type Violation = { directive: string; blocked: string; page: string };

const reportsMax = 20;
const field = z.string().max(4_000).catch("");
const current = z.object({
  type: z.literal("csp-violation"),
  body: z.object({ documentURL: field, effectiveDirective: field, blockedURL: field }),
});
const legacy = z.object({
  "csp-report": z.object({
    "document-uri": field,
    "effective-directive": field.optional(),
    "violated-directive": field,
    "blocked-uri": field,
  }),
});

/** Violations out of what browsers send, by the Reporting API or before it; what is neither is nothing. */
export function readReports(body: unknown): Violation[] {
  const old = legacy.safeParse(body);
  if (old.success) {
    const report = old.data["csp-report"];
    return [
      violationOf(
        report["effective-directive"] ?? report["violated-directive"],
        report["blocked-uri"],
        report["document-uri"],
      ),
    ];
  }
  if (!Array.isArray(body)) return [];
  return body.slice(0, reportsMax).flatMap((one) => {
    const report = current.safeParse(one);
    if (!report.success) return [];
    const { effectiveDirective, blockedURL, documentURL } = report.data.body;
    return [violationOf(effectiveDirective, blockedURL, documentURL)];
  });
}

const violationOf = (directive: string, blocked: string, document: string): Violation => ({
  directive: /^[a-z-]{1,40}/.exec(directive)?.[0] ?? "unknown",
  blocked: blockedOf(blocked),
  page: pageOf(document),
});

/** `inline`, `eval` and the like as they are; of an address its origin. */
function blockedOf(text: string): string {
  if (/^[a-z-]{1,30}$/.test(text)) return text;
  const url = URL.parse(text);
  return url && url.origin !== "null" ? url.origin.slice(0, 200) : (url?.protocol ?? "unknown");
}

/** The screen, with `*` for what names a record. */
function pageOf(text: string): string {
  const parts = (URL.parse(text)?.pathname ?? "").split("/").slice(0, 6);
  return parts.map((part) => (/^[a-z-]{0,30}$/.test(part) ? part : "*")).join("/") || "/";
}
