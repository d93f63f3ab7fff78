-- A message that could not be filed: it waits, whole, until a technician matches, mends or rejects it. Which order or patient it is about
-- is what nobody knows yet, so it names none.
CREATE TABLE unmatched_message (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  partner_id uuid,
  received_by_id uuid,
  sender text NOT NULL,
  control_id text NOT NULL,
  content_hash bytea NOT NULL,
  raw_sealed bytea NOT NULL,
  size_bytes int NOT NULL,
  type text NOT NULL,
  hl7_version text NOT NULL,
  file_name text,
  received_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL CHECK (reason IN ('message-invalid', 'patient-not-found', 'patient-mismatch', 'order-not-found', 'order-mismatch', 'order-cancelled', 'code-not-found', 'result-superseded', 'control-id-reused')),
  -- [{path, message}]: places in the message and constant sentences, no values.
  problems jsonb NOT NULL,
  status text NOT NULL DEFAULT 'WAITING' CHECK (status IN ('WAITING', 'FILED', 'REJECTED')),
  resolved_at timestamptz,
  resolved_by_id uuid,
  resolution text,
  -- The message as it was filed in the end; mended, it is another one.
  message_id uuid,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  -- The same message again is the one that waits.
  UNIQUE (tenant_id, sender, control_id, content_hash),
  CHECK ((status = 'WAITING') = (resolved_at IS NULL)),
  CHECK ((status = 'FILED') = (message_id IS NOT NULL)),
  FOREIGN KEY (tenant_id, partner_id) REFERENCES partner (tenant_id, id),
  FOREIGN KEY (tenant_id, received_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, resolved_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, message_id) REFERENCES hl7_message (tenant_id, id)
);
CREATE INDEX ON unmatched_message (tenant_id, status, received_at DESC, id DESC);
CREATE INDEX ON unmatched_message (tenant_id, partner_id, received_at DESC) WHERE partner_id IS NOT NULL;
ALTER TABLE unmatched_message ALTER COLUMN raw_sealed SET STORAGE EXTERNAL;
SELECT protect_tenant_table('unmatched_message');
-- What was received never changes; only what became of it does.
GRANT SELECT, INSERT, UPDATE (reason, problems, status, resolved_at, resolved_by_id, resolution, message_id, version) ON unmatched_message TO infirmary_app;

-- How many connections a partner has and what its interface last said, told every few seconds by the process that listens.
CREATE TABLE partner_link (
  tenant_id uuid NOT NULL,
  partner_id uuid NOT NULL,
  connections int NOT NULL DEFAULT 0,
  seen_at timestamptz,
  PRIMARY KEY (tenant_id, partner_id),
  FOREIGN KEY (tenant_id, partner_id) REFERENCES partner (tenant_id, id)
);
SELECT protect_tenant_table('partner_link');
GRANT SELECT, INSERT, UPDATE ON partner_link TO infirmary_app;
