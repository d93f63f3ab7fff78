import { documentKindNames } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { openContents } from "./content.ts";
import { loadRow } from "./document.ts";
import { renderPdf } from "./pdf.ts";
import { listVersions } from "./version-store.ts";

/** A signed version as PDF, the one in force where none is named. */
export async function printDocument(work: Work, { id, number }: { id: string; number?: number | undefined }) {
  const { connection, platform, scope, audit } = work;
  const { tenantId } = scope;
  const document = await loadRow(work, { id });
  const versions = await listVersions(connection, { tenantId, documentId: id });
  const version = versions.find((candidate) => candidate.number === (number ?? document.number));
  const [content] = version ? openContents(platform.keys, { tenantId, table: "document_version" }, [version]) : [];
  if (!version || !content?.letterhead)
    throw new AppError("not-found", { detail: "There is no such signed version of this document." });
  audit({
    action: "document.print",
    entity: "document",
    entityId: id,
    patientId: document.patient_id,
    after: { number: version.number },
  });
  const pdf = await renderPdf({
    documentId: id,
    documentKind: document.kind,
    templateVersion: document.template_version,
    number: version.number,
    kind: version.kind,
    supersedes: version.supersedes,
    content: { ...content, letterhead: content.letterhead },
    meaning: version.meaning,
    signedAt: version.signed_at,
    hash: version.hash.toString("hex"),
  });
  const name = documentKindNames[document.kind].toLowerCase().replaceAll(" ", "-");
  return {
    fileName: `${name}-${document.mrn}-v${version.number}.pdf`,
    mediaType: "application/pdf",
    contentBase64: pdf.toString("base64"),
  };
}
