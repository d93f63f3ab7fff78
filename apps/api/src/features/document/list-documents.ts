import type { Page } from "@infirmary/shared/core";
import type { DocumentHead, DocumentList, DocumentVersion } from "@infirmary/shared/document";
import { z } from "zod";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadRow, loadVersions, noteRead, toHead } from "./document.ts";
import { listDocumentRows } from "./store.ts";

const keys = z.strictObject({ created_at_exact: exactTime, id: z.uuid() });

/** A page of documents without their texts, the latest first. The patients shown stand in the audit entry. */
export async function listDocuments(
  { connection, scope, audit }: Work,
  { limit, cursor, patientId, encounterId, kind, toSign }: DocumentList,
): Promise<Page<DocumentHead>> {
  const rows = await listDocumentRows(
    connection,
    {
      tenantId: scope.tenantId,
      patientId,
      encounterId,
      kind,
      toSignBy: toSign ? scope.actor?.userId : undefined,
    },
    { after: decodeCursor(cursor, keys), limit: limit + 1 },
  );
  const page = pageFrom(rows, limit, toHead, ({ created_at_exact, id }) => ({ created_at_exact, id }));
  const patientIds = [...new Set(page.items.map((item) => item.patientId))];
  if (patientIds.length > 0)
    audit({ action: "document.list", entity: "document", patientId: patientId ?? null, after: { patientIds } });
  return page;
}

/** All that was signed of a document, the latest version first, each with its text. */
export async function readVersions(work: Work, input: { id: string }): Promise<{ items: DocumentVersion[] }> {
  const row = await loadRow(work, input);
  noteRead(work, { id: row.id, patientId: row.patient_id });
  return { items: (await loadVersions(work, row)).reverse() };
}
