-- A one-time link that sets a password, by the SHA-256 of its token: of who forgot it (reset) or has none yet (invitation).
-- A person has at most one that is open: a newer one voids it.
CREATE TABLE password_link (
  tenant_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('reset', 'invitation')),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  voided_at timestamptz,
  PRIMARY KEY (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE UNIQUE INDEX password_link_open ON password_link (tenant_id, user_id) WHERE used_at IS NULL AND voided_at IS NULL;
CREATE INDEX ON password_link (expires_at);
SELECT protect_tenant_table('password_link');
GRANT SELECT, INSERT, UPDATE, DELETE ON password_link TO infirmary_app;
