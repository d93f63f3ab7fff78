import type { Connection } from "@infirmary/db/client";
import type { DocumentKind, DocumentStatus } from "@infirmary/shared/document";
import type { Gender } from "@infirmary/shared/patient";

type ById = { tenantId: string; id: string };

export type DocumentRow = {
  id: string;
  patient_id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Gender;
  encounter_id: string | null;
  facility_name: string;
  time_zone: string;
  kind: DocumentKind;
  template_version: number;
  status: DocumentStatus;
  number: number;
  author_name: string;
  created_at: Date;
  /** The exact time as text, for cursors. */
  created_at_exact: string;
  signed_at: Date | null;
  signed_by_name: string | null;
  draft_saved_at: Date | null;
  draft_saved_by_name: string | null;
};

/** Reads the documents that `source` yields as `d`, with what a list shows. */
const selectDocuments = (source: string) => `
  SELECT d.id, d.patient_id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender, d.encounter_id, f.name AS facility_name, f.time_zone, d.kind, d.template_version,
         d.status, d.number, a.full_name AS author_name, d.created_at, d.created_at::text AS created_at_exact, v.signed_at, s.full_name AS signed_by_name,
         w.saved_at AS draft_saved_at, ws.full_name AS draft_saved_by_name
    FROM ${source} d
    JOIN patient p ON p.tenant_id = d.tenant_id AND p.id = d.patient_id
    JOIN facility f ON f.tenant_id = d.tenant_id AND f.id = d.facility_id
    JOIN user_account a ON a.tenant_id = d.tenant_id AND a.id = d.created_by_id
    LEFT JOIN document_version v ON v.tenant_id = d.tenant_id AND v.document_id = d.id AND v.number = d.number
    LEFT JOIN user_account s ON s.tenant_id = d.tenant_id AND s.id = v.signed_by_id
    LEFT JOIN document_draft w ON w.tenant_id = d.tenant_id AND w.document_id = d.id AND w.discarded_at IS NULL
    LEFT JOIN user_account ws ON ws.tenant_id = d.tenant_id AND ws.id = w.saved_by_id`;

export async function findDocument(connection: Connection, { tenantId, id }: ById): Promise<DocumentRow | null> {
  const { rows } = await connection.query<DocumentRow>({
    name: "document",
    text: `${selectDocuments("document")} WHERE d.tenant_id = $1 AND d.id = $2`,
    values: [tenantId, id],
  });
  return rows[0] ?? null;
}

/** Holds the document for this transaction, so that two steps of it queue. */
export async function lockDocument(connection: Connection, { tenantId, id }: ById): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: "document-lock",
    text: "SELECT 1 FROM document WHERE tenant_id = $1 AND id = $2 FOR UPDATE",
    values: [tenantId, id],
  });
  return rowCount === 1;
}

export type DocumentFilter = {
  tenantId: string;
  patientId: string | undefined;
  encounterId: string | undefined;
  kind: DocumentKind | undefined;
  /** Only with something unsigned that this person began or saved last. */
  toSignBy: string | undefined;
};

/** One page, latest first, without what was put away. */
export async function listDocumentRows(
  connection: Connection,
  filter: DocumentFilter,
  page: { after: { created_at_exact: string; id: string } | null; limit: number },
): Promise<DocumentRow[]> {
  const values: unknown[] = [filter.tenantId];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const conditions = ["tenant_id = $1", "status <> 'DISCARDED'"];
  if (filter.patientId) conditions.push(`patient_id = ${bind(filter.patientId)}`);
  if (filter.encounterId) conditions.push(`encounter_id = ${bind(filter.encounterId)}`);
  if (filter.kind) conditions.push(`kind = ${bind(filter.kind)}`);
  if (filter.toSignBy) {
    const person = bind(filter.toSignBy);
    conditions.push(
      `id IN (SELECT document_id FROM document_draft WHERE tenant_id = $1 AND discarded_at IS NULL AND (saved_by_id = ${person} OR started_by_id = ${person}))`,
    );
  }
  if (page.after)
    conditions.push(
      `(created_at, id) < (${bind(page.after.created_at_exact)}::timestamptz, ${bind(page.after.id)}::uuid)`,
    );
  const source = `(SELECT * FROM document WHERE ${conditions.join(" AND ")} ORDER BY created_at DESC, id DESC LIMIT ${bind(page.limit)})`;
  const { rows } = await connection.query<DocumentRow>(
    `${selectDocuments(source)} ORDER BY d.created_at DESC, d.id DESC`,
    values,
  );
  return rows;
}

export async function insertDocument(
  connection: Connection,
  document: ById & {
    patientId: string;
    facilityId: string;
    encounterId: string | null;
    kind: DocumentKind;
    templateVersion: number;
    createdById: string;
  },
): Promise<void> {
  await connection.query({
    name: "document-insert",
    text: `INSERT INTO document (tenant_id, id, patient_id, facility_id, encounter_id, kind, template_version, status, created_by_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'DRAFT', $8)`,
    values: [
      document.tenantId,
      document.id,
      document.patientId,
      document.facilityId,
      document.encounterId,
      document.kind,
      document.templateVersion,
      document.createdById,
    ],
  });
}

/** Moves a document that this transaction holds. @param number the version in force */
export async function moveDocument(
  connection: Connection,
  { tenantId, id }: ById,
  { status, number }: { status: DocumentStatus; number: number },
): Promise<void> {
  await connection.query({
    name: "document-move",
    text: "UPDATE document SET status = $3, number = $4 WHERE tenant_id = $1 AND id = $2",
    values: [tenantId, id, status, number],
  });
}

/** Whether the visit is the patient's, and whether it is closed; null where it is not the patient's. */
export async function visitOf(
  connection: Connection,
  { tenantId, id, patientId }: ById & { patientId: string },
): Promise<{ isClosed: boolean } | null> {
  const { rows } = await connection.query<{ isClosed: boolean }>({
    name: "document-visit",
    text: `SELECT status IN ('COMPLETED', 'CANCELLED') AS "isClosed" FROM encounter WHERE tenant_id = $1 AND id = $2 AND patient_id = $3`,
    values: [tenantId, id, patientId],
  });
  return rows[0] ?? null;
}
