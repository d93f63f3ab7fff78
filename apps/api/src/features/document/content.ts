import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { DocumentKind, DocumentSections, SignatureMeaning, VersionKind } from "@infirmary/shared/document";
import { z } from "zod";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { Platform } from "../../core/platform.ts";
import { openTexts, sealText } from "../../core/sealed-text.ts";

/** Who and where it was when somebody signed, so that a version reads the same when a name or an address has changed since. */
const letterhead = z.object({
  organisation: z.string(),
  facility: z.string(),
  timeZone: z.string(),
  patient: z.object({ name: z.string(), mrn: z.string(), dateOfBirth: z.string(), gender: z.string() }),
  signer: z.string(),
});
export type Letterhead = z.infer<typeof letterhead>;

/** What stands in a `content_sealed` column. `nonce` (32 hex digits) keeps the hash from confirming a guessed text; a draft has no letterhead. */
const content = z.object({
  nonce: z.string(),
  reason: z.string().nullable(),
  sections: z.record(z.string(), z.string()),
  letterhead: letterhead.nullable(),
});
export type Content = z.infer<typeof content>;

type Table = "document_version" | "document_draft";

export function newContent(sections: DocumentSections, reason: string | null): Content {
  return { nonce: randomBytes(16).toString("hex"), reason, sections, letterhead: null };
}

/** The content as it is stored in the row `id` of the table. */
export function sealContent(
  keys: Platform["keys"],
  { tenantId, table, id }: { tenantId: string; table: Table; id: string },
  value: Content,
): Buffer {
  const sealed = sealText(keys, { tenantId, table, id }, "content_sealed", JSON.stringify(value));
  if (!sealed) throw new Error("A document has content.");
  return sealed;
}

/** The contents of the rows, in their order, opened in one go. */
export function openContents(
  keys: Platform["keys"],
  of: { tenantId: string; table: Table },
  rows: readonly { id: string; content_sealed: Buffer }[],
): Content[] {
  return openTexts(keys, of, ["content_sealed"], rows).map(({ content_sealed: text }) =>
    content.parse(JSON.parse(text ?? "")),
  );
}

/** What a signature covers besides the content. */
export type Signed = {
  tenantId: string;
  documentId: string;
  patientId: string;
  documentKind: DocumentKind;
  templateVersion: number;
  number: number;
  kind: VersionKind;
  /** Hash of the version before, hex; null for the first: so no version can be left out unseen. */
  previousHash: string | null;
  meaning: SignatureMeaning;
  signedById: string;
  /** ISO time in UTC with milliseconds. */
  signedAt: string;
};

/** SHA-256 over the canonical JSON (RFC 8785) of content and circumstances: 32 bytes. */
export function hashOf(signed: Signed, content: Content): Buffer {
  return createHash("sha256")
    .update(canonicalJson({ ...signed, ...content }))
    .digest();
}

export const isSameHash = (left: Uint8Array, right: Uint8Array) =>
  left.length === right.length && timingSafeEqual(left, right);
