-- What lets anyone check the log: a hash and a keyed hash of every entry, the transaction it was written in, and seals over batches of
-- entries. Constant defaults first, so that a full table is not rewritten; entries of before get epoch 0 and are sealed as they stand.
ALTER TABLE audit_entry
  ADD COLUMN epoch int NOT NULL DEFAULT 0,
  ADD COLUMN xid xid8 NOT NULL DEFAULT '0',
  ADD COLUMN leaf bytea,
  ADD COLUMN mac bytea;
ALTER TABLE audit_entry
  ALTER COLUMN epoch SET DEFAULT 1,
  ALTER COLUMN xid SET DEFAULT pg_current_xact_id(),
  ADD CHECK (epoch = 0 OR (octet_length(leaf) = 32 AND octet_length(mac) = 32)) NOT VALID;
-- In the order of sealing.
CREATE INDEX ON audit_entry (tenant_id, epoch, xid);

-- Transaction ids begin again in another cluster (a restored dump): what was written there is another epoch.
CREATE TABLE audit_epoch (
  epoch int PRIMARY KEY,
  system_identifier text NOT NULL,
  began_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON audit_epoch TO infirmary_app;
INSERT INTO audit_epoch (epoch, system_identifier) SELECT 1, system_identifier::text FROM pg_control_system();

-- The epoch of this cluster; begins a new one where the database was restored into another. Runs as its owner because only owners set defaults.
CREATE FUNCTION ensure_audit_epoch() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  here text := (SELECT system_identifier::text FROM pg_control_system());
  last audit_epoch;
BEGIN
  SELECT * INTO last FROM audit_epoch ORDER BY epoch DESC LIMIT 1;
  IF last.system_identifier = here THEN RETURN last.epoch; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ensure_audit_epoch'));
  SELECT * INTO last FROM audit_epoch ORDER BY epoch DESC LIMIT 1;
  IF last.system_identifier = here THEN RETURN last.epoch; END IF;
  INSERT INTO audit_epoch (epoch, system_identifier) VALUES (last.epoch + 1, here);
  EXECUTE format('ALTER TABLE audit_entry ALTER COLUMN epoch SET DEFAULT %s', last.epoch + 1);
  RETURN last.epoch + 1;
END $$;
REVOKE EXECUTE ON FUNCTION ensure_audit_epoch() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_audit_epoch() TO infirmary_app;

-- A seal over the entries of one tenant whose transaction lies in [from_xid, before_xid) of the epoch.
CREATE TABLE audit_seal (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  number bigint NOT NULL CHECK (number >= 1),
  epoch int NOT NULL,
  from_xid xid8 NOT NULL,
  before_xid xid8 NOT NULL,
  entries int NOT NULL CHECK (entries >= 1),
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  chain bytea NOT NULL CHECK (octet_length(chain) = 32),
  key_id text NOT NULL,
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, number),
  UNIQUE (tenant_id, epoch, from_xid)
);
SELECT protect_tenant_table('audit_seal');
GRANT SELECT, INSERT ON audit_seal TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_seal FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Which seals stand outside the database, and where.
CREATE TABLE audit_anchor (
  tenant_id uuid NOT NULL,
  number bigint NOT NULL,
  place text NOT NULL,
  anchored_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, number, place),
  FOREIGN KEY (tenant_id, number) REFERENCES audit_seal (tenant_id, number)
);
SELECT protect_tenant_table('audit_anchor');
GRANT SELECT, INSERT ON audit_anchor TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The patients shown in lists and searches, taken out of sealed entries by the sealer: an index of the log, so that "who saw this patient"
-- is quick without a request paying for it.
CREATE TABLE audit_shown (
  tenant_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  at timestamptz NOT NULL,
  entry_id uuid NOT NULL,
  seal_number bigint NOT NULL,
  PRIMARY KEY (tenant_id, patient_id, at, entry_id)
);
CREATE INDEX ON audit_shown (tenant_id, seal_number);
SELECT protect_tenant_table('audit_shown');
GRANT SELECT, INSERT ON audit_shown TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_shown FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What checks of the log found; the newest says what the pill shows.
CREATE TABLE audit_check (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  scope text NOT NULL CHECK (scope IN ('recent', 'whole')),
  checked_at timestamptz NOT NULL,
  took_ms int NOT NULL,
  from_number bigint NOT NULL,
  to_number bigint NOT NULL,
  entries bigint NOT NULL,
  findings jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON audit_check (tenant_id, checked_at DESC);
SELECT protect_tenant_table('audit_check');
GRANT SELECT, INSERT, DELETE ON audit_check TO infirmary_app;

-- The tenants that have entries to seal below the horizon. As its caller: each tenant is asked in its own scope.
CREATE FUNCTION unsealed_tenants(horizon xid8) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  newest int := (SELECT max(epoch) FROM audit_epoch);
  one uuid;
  head audit_seal;
BEGIN
  FOR one IN SELECT id FROM tenant ORDER BY id LOOP
    PERFORM set_config('app.tenant_id', one::text, true);
    SELECT * INTO head FROM audit_seal s WHERE s.tenant_id = one ORDER BY number DESC LIMIT 1;
    IF EXISTS (SELECT FROM audit_entry a WHERE a.tenant_id = one AND (a.epoch, a.xid) < (newest, horizon)
                AND (a.epoch, a.xid) >= (coalesce(head.epoch, 0), coalesce(head.before_xid, '0')))
    THEN RETURN NEXT one; END IF;
  END LOOP;
END $$;
