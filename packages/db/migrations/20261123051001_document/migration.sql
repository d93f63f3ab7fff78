-- A clinical document: what all its versions have in common. Its text stands in the versions and the draft, sealed.
CREATE TABLE document (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  encounter_id uuid,
  kind text NOT NULL CHECK (kind IN ('SOAP', 'REFERRAL', 'CERTIFICATE', 'DISCHARGE')),
  template_version int NOT NULL CHECK (template_version >= 1),
  status text NOT NULL CHECK (status IN ('DRAFT', 'SIGNED', 'DISCARDED')),
  -- The version in force; 0 before the first signature.
  number int NOT NULL DEFAULT 0 CHECK (number >= 0 AND (number > 0) = (status = 'SIGNED')),
  created_by_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, id, patient_id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, encounter_id) REFERENCES encounter (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON document (tenant_id, patient_id, created_at DESC, id DESC);
CREATE INDEX ON document (tenant_id, created_at DESC, id DESC);
CREATE INDEX ON document (tenant_id, encounter_id) WHERE encounter_id IS NOT NULL;
SELECT protect_tenant_table('document');
SELECT protect_patient_table('document');
-- Whose it is, of what visit and what kind never change.
GRANT SELECT, INSERT, UPDATE (status, number) ON document TO infirmary_app;

-- What was signed. Append-only: an amendment or addendum is the next number and names the one before it.
CREATE TABLE document_version (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  number int NOT NULL CHECK (number >= 1),
  kind text NOT NULL CHECK (kind IN ('original', 'amendment', 'addendum')),
  supersedes int CHECK (supersedes = number - 1),
  -- The texts, the reason of an amendment, and a random value that keeps the hash from confirming a guessed text.
  content_sealed bytea NOT NULL,
  -- SHA-256 of the content with patient, signer, meaning and time (features/document/content.ts).
  hash bytea NOT NULL CHECK (length(hash) = 32),
  meaning text NOT NULL CHECK (meaning IN ('author', 'responsible')),
  signed_by_id uuid NOT NULL,
  signed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, document_id, number),
  CHECK ((kind = 'original') = (number = 1) AND (supersedes IS NULL) = (number = 1)),
  FOREIGN KEY (tenant_id, document_id, patient_id) REFERENCES document (tenant_id, id, patient_id),
  FOREIGN KEY (tenant_id, document_id, supersedes) REFERENCES document_version (tenant_id, document_id, number),
  FOREIGN KEY (tenant_id, signed_by_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('document_version');
SELECT protect_patient_table('document_version');
GRANT SELECT, INSERT ON document_version TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON document_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What is being written: at most one of a document at a time. It becomes a version when it is signed.
CREATE TABLE document_draft (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  document_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  number int NOT NULL CHECK (number >= 1),
  kind text NOT NULL CHECK (kind IN ('original', 'amendment', 'addendum')),
  content_sealed bytea NOT NULL,
  started_by_id uuid NOT NULL,
  saved_by_id uuid NOT NULL,
  saved_at timestamptz NOT NULL,
  version int NOT NULL DEFAULT 1,
  discarded_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, document_id, patient_id) REFERENCES document (tenant_id, id, patient_id),
  FOREIGN KEY (tenant_id, started_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, saved_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE UNIQUE INDEX one_draft ON document_draft (tenant_id, document_id) WHERE discarded_at IS NULL;
CREATE INDEX ON document_draft (tenant_id, saved_by_id, saved_at DESC) WHERE discarded_at IS NULL;
SELECT protect_tenant_table('document_draft');
SELECT protect_patient_table('document_draft');
GRANT SELECT, INSERT, UPDATE, DELETE ON document_draft TO infirmary_app;
