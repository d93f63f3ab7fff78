-- A passkey (WebAuthn credential) of a person. public_key is COSE, counter the newest signature count seen.
CREATE TABLE passkey (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  credential_id bytea NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL DEFAULT 0,
  transports text[] NOT NULL DEFAULT '{}',
  name text NOT NULL,
  is_backed_up boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, credential_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON passkey (tenant_id, user_id);
SELECT protect_tenant_table('passkey');
GRANT SELECT, INSERT, UPDATE, DELETE ON passkey TO infirmary_app;

-- What a passkey is asked to sign, once. Before the tenant is known; holds hashes. session_id: for that session only.
CREATE TABLE passkey_challenge (
  challenge_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('sign-in', 'add', 'prove')),
  session_id uuid,
  expires_at timestamptz NOT NULL
);
CREATE INDEX ON passkey_challenge (expires_at);
GRANT SELECT, INSERT, DELETE ON passkey_challenge TO infirmary_app;
