import type { Connection } from "@infirmary/db/client";

/** Rows of documents as signing and saving would have left them; sealed columns in base64, hashes in hex. */
export type DocumentRows = {
  documents: {
    id: string;
    patientId: string;
    facilityId: string;
    encounterId: string | null;
    kind: string;
    templateVersion: number;
    status: string;
    number: number;
    createdById: string;
    createdAt: Date;
  }[];
  versions: {
    id: string;
    documentId: string;
    patientId: string;
    number: number;
    kind: string;
    contentSealed: string;
    hash: string;
    signedById: string;
    signedAt: Date;
  }[];
  drafts: {
    id: string;
    documentId: string;
    patientId: string;
    contentSealed: string;
    savedById: string;
    savedAt: Date;
  }[];
  events: {
    id: string;
    at: Date;
    name: string;
    actorId: string;
    patientId: string;
    encounterId: string | null;
    subjectId: string;
    detail: object;
  }[];
};

/** Writes the documents: each table in one statement. */
export async function insertDocuments(
  connection: Connection,
  { tenantId, rows }: { tenantId: string; rows: DocumentRows },
): Promise<void> {
  const insert = async (text: string, values: readonly object[]) => {
    await connection.query(text, [tenantId, JSON.stringify(values)]);
  };
  await insert(
    `INSERT INTO document (tenant_id, id, patient_id, facility_id, encounter_id, kind, template_version, status, number, created_by_id, created_at)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r (id uuid, "patientId" uuid, "facilityId" uuid, "encounterId" uuid, kind text, "templateVersion" int, status text, number int,
       "createdById" uuid, "createdAt" timestamptz)`,
    rows.documents,
  );
  await insert(
    `INSERT INTO document_version (tenant_id, id, document_id, patient_id, number, kind, supersedes, content_sealed, hash, meaning, signed_by_id, signed_at)
     SELECT $1, id, "documentId", "patientId", number, kind, nullif(number - 1, 0), decode("contentSealed", 'base64'), decode(hash, 'hex'), 'author', "signedById", "signedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "documentId" uuid, "patientId" uuid, number int, kind text, "contentSealed" text, hash text, "signedById" uuid, "signedAt" timestamptz)
      ORDER BY number`,
    rows.versions,
  );
  await insert(
    `INSERT INTO document_draft (tenant_id, id, document_id, patient_id, number, kind, content_sealed, started_by_id, saved_by_id, saved_at)
     SELECT $1, id, "documentId", "patientId", 1, 'original', decode("contentSealed", 'base64'), "savedById", "savedById", "savedAt"
       FROM jsonb_to_recordset($2) r (id uuid, "documentId" uuid, "patientId" uuid, "contentSealed" text, "savedById" uuid, "savedAt" timestamptz)`,
    rows.drafts,
  );
  await insert(
    `INSERT INTO event (tenant_id, id, at, name, actor_id, patient_id, encounter_id, subject_id, detail)
     SELECT $1, r.* FROM jsonb_to_recordset($2) r (id uuid, at timestamptz, name text, "actorId" uuid, "patientId" uuid, "encounterId" uuid, "subjectId" uuid, detail jsonb)`,
    rows.events,
  );
}
