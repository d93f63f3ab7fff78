-- What an organisation asks of signing in. No row: the defaults.
CREATE TABLE sign_in_policy (
  tenant_id uuid PRIMARY KEY REFERENCES tenant (id),
  admins_need_factor boolean NOT NULL DEFAULT false,
  version int NOT NULL DEFAULT 1,
  updated_at timestamptz NOT NULL DEFAULT now()
);
SELECT protect_tenant_table('sign_in_policy');
GRANT SELECT, INSERT, UPDATE ON sign_in_policy TO infirmary_app;

-- An authenticator app. The seed is sealed; without confirmed_at it is being set up and counts for nothing. last_step is the newest
-- 30-second step that was used: each is good once.
CREATE TABLE totp_factor (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  seed_sealed bytea NOT NULL,
  last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  PRIMARY KEY (tenant_id, user_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('totp_factor');
GRANT SELECT, INSERT, UPDATE, DELETE ON totp_factor TO infirmary_app;

CREATE TABLE recovery_code (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  code_token bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  PRIMARY KEY (tenant_id, user_id, code_token),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('recovery_code');
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_code TO infirmary_app;

-- A sign-in whose password was right and whose second factor is still to come.
CREATE TABLE sign_in_challenge (
  tenant_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  user_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON sign_in_challenge (expires_at);
SELECT protect_tenant_table('sign_in_challenge');
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_challenge TO infirmary_app;

-- What proved who the person is: 'password', 'password+totp', 'password+recovery-code', 'password+passkey', 'passkey'.
ALTER TABLE session ADD COLUMN proof text NOT NULL DEFAULT 'password';
