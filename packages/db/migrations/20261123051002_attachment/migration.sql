-- A file of a patient. Its bytes lie outside the database, encrypted under a key of its own that is sealed here.
CREATE TABLE attachment (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  encounter_id uuid,
  file_name_sealed bytea NOT NULL,
  file_key_sealed bytea NOT NULL,
  media_type text NOT NULL CHECK (media_type IN ('application/pdf', 'image/png', 'image/jpeg', 'image/tiff', 'image/webp', 'application/dicom', 'text/plain')),
  size_bytes int NOT NULL CHECK (size_bytes BETWEEN 1 AND 5242880),
  uploaded_by_id uuid NOT NULL,
  uploaded_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz,
  removed_by_id uuid,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, encounter_id) REFERENCES encounter (tenant_id, id),
  FOREIGN KEY (tenant_id, uploaded_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, removed_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON attachment (tenant_id, patient_id, uploaded_at DESC, id DESC) WHERE removed_at IS NULL;
SELECT protect_tenant_table('attachment');
SELECT protect_patient_table('attachment');
-- A file can be put away and brought back; nothing else about it changes.
GRANT SELECT, INSERT, UPDATE (removed_at, removed_by_id) ON attachment TO infirmary_app;
