-- The keys that seal fields: one active a tenant and purpose, each wrapped by a key that the database does not hold.
-- Ids below 65536 belong to the keys of the installation, which sealed fields before tenants had keys of their own.
-- No foreign key to tenant: a tenant's keys are made before its first row is written.
CREATE TABLE data_key (
  tenant_id uuid NOT NULL,
  id bigint NOT NULL CHECK (id BETWEEN 65536 AND 4294967295),
  purpose text NOT NULL CHECK (purpose ~ '^[a-z]{1,20}$'),
  state text NOT NULL CHECK (state IN ('active', 'decrypt-only', 'destroyed')),
  wrapped bytea,
  use_count bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz,
  destroyed_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK ((wrapped IS NULL) = (state = 'destroyed'))
);
CREATE UNIQUE INDEX data_key_one_active ON data_key (tenant_id, purpose) WHERE state = 'active';
SELECT protect_tenant_table('data_key');
GRANT SELECT, INSERT, UPDATE ON data_key TO infirmary_app;

-- A run that seals values anew: `settle` brings a database up to date after an upgrade, `rotate` changes the keys.
CREATE TABLE key_run (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('settle', 'rotate')),
  columns text[] NOT NULL,
  value_count bigint NOT NULL DEFAULT 0,
  sealed_count bigint NOT NULL DEFAULT 0,
  verified_count bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON key_run (tenant_id, started_at DESC);
SELECT protect_tenant_table('key_run');
GRANT SELECT ON key_run TO infirmary_app;

-- Append-only stays append-only in what it says. Its owner (never the application) may seal a value anew, in a transaction that
-- says so: then nothing but sealed columns, and readable ones that are being moved into them, may differ.
CREATE FUNCTION without_sealed(fields jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_object_agg(key, value) FROM jsonb_each(fields) WHERE key !~ '_sealed$' AND NOT fields ? (key || '_sealed')
$$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('app.reseal', true) = 'on'
     AND (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) = current_user
     AND without_sealed(to_jsonb(OLD)) = without_sealed(to_jsonb(NEW)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
