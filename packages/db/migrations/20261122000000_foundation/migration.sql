-- The application's role owns nothing and bypasses nothing; the runtime gives it its login and password.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'infirmary_app') THEN
    CREATE ROLE infirmary_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO infirmary_app;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The tenant of the running transaction. NULLIF because a setting once made reads '' and not NULL in later transactions.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('app.tenant_id', true), '')::uuid $$;

-- Row-level security for a tenant table: enabled, forced, one restrictive policy (so that no later permissive policy can widen it).
CREATE FUNCTION protect_tenant_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY allow ON %s USING (true) WITH CHECK (true)', target);
  EXECUTE format('CREATE POLICY same_tenant ON %s AS RESTRICTIVE USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', target);
END $$;
REVOKE EXECUTE ON FUNCTION protect_tenant_table(regclass) FROM PUBLIC;

-- Append-only truth: the grants below never give UPDATE or DELETE, and this stops the owner's own slips too.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE tenant (
  id uuid PRIMARY KEY,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{1,40}$'),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON tenant TO infirmary_app;

CREATE TABLE facility (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  time_zone text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, code)
);
SELECT protect_tenant_table('facility');
GRANT SELECT, INSERT, UPDATE ON facility TO infirmary_app;

CREATE TABLE user_account (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  username text NOT NULL CHECK (username = lower(username)),
  full_name text NOT NULL,
  email text NOT NULL,
  password_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('PENDING', 'ACTIVE', 'INACTIVE')),
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  last_sign_in_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, username)
);
SELECT protect_tenant_table('user_account');
GRANT SELECT, INSERT, UPDATE ON user_account TO infirmary_app;

-- Readable before the tenant is known (signing in asks for a name and a password only); writable in one's own tenant.
CREATE TABLE login_name (
  username text PRIMARY KEY,
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
ALTER TABLE login_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_name FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up ON login_name FOR SELECT USING (true);
CREATE POLICY own_tenant ON login_name FOR INSERT WITH CHECK (tenant_id = current_tenant());
GRANT SELECT, INSERT ON login_name TO infirmary_app;

CREATE TABLE membership (
  tenant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  role text NOT NULL CHECK (role IN ('admin', 'doctor', 'nurse', 'lab_technician', 'billing_clerk')),
  PRIMARY KEY (tenant_id, user_id, facility_id, role),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id)
);
SELECT protect_tenant_table('membership');
GRANT SELECT, INSERT, DELETE ON membership TO infirmary_app;

CREATE TABLE session (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('BROWSER', 'TOKEN')),
  ip text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  end_reason text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON session (tenant_id, user_id);
CREATE INDEX ON session (expires_at);
SELECT protect_tenant_table('session');
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO infirmary_app;

CREATE TABLE refresh_token (
  tenant_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  session_id uuid NOT NULL,
  generation int NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz,
  PRIMARY KEY (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, session_id) REFERENCES session (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ON refresh_token (tenant_id, session_id);
SELECT protect_tenant_table('refresh_token');
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_token TO infirmary_app;

-- Before the tenant is known; holds hashes of names and addresses, nothing else.
CREATE TABLE sign_in_failure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subject bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON sign_in_failure (subject, at);
GRANT SELECT, INSERT, DELETE ON sign_in_failure TO infirmary_app;

CREATE TABLE counter (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  kind text NOT NULL,
  next bigint NOT NULL,
  PRIMARY KEY (tenant_id, kind)
);
SELECT protect_tenant_table('counter');
GRANT SELECT, INSERT, UPDATE ON counter TO infirmary_app;

CREATE TABLE patient (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  mrn text NOT NULL,
  first_name text NOT NULL,
  last_name text NOT NULL,
  date_of_birth date NOT NULL,
  gender text NOT NULL CHECK (gender IN ('male', 'female', 'other', 'unknown')),
  phone_sealed bytea,
  phone_token bytea,
  email_sealed bytea,
  address_sealed bytea,
  ssn_sealed bytea,
  ssn_token bytea,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  deleted_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, mrn)
);
CREATE INDEX ON patient (tenant_id, last_name, first_name, id) WHERE deleted_at IS NULL;
CREATE INDEX ON patient (tenant_id, date_of_birth, id) WHERE deleted_at IS NULL;
CREATE INDEX ON patient (tenant_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX ON patient (tenant_id, ssn_token) WHERE ssn_token IS NOT NULL;
CREATE INDEX ON patient (tenant_id, phone_token) WHERE phone_token IS NOT NULL;
SELECT protect_tenant_table('patient');
GRANT SELECT, INSERT, UPDATE ON patient TO infirmary_app;

CREATE TABLE lab_test (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  code text NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  category text NOT NULL,
  specimen text NOT NULL,
  unit text,
  is_panel boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, code)
);
SELECT protect_tenant_table('lab_test');
GRANT SELECT, INSERT, UPDATE ON lab_test TO infirmary_app;

CREATE TABLE service_order (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  kind text NOT NULL DEFAULT 'LAB' CHECK (kind IN ('LAB', 'IMAGING', 'MEDICATION', 'CONSULT', 'NURSING')),
  order_number text NOT NULL,
  test_code text NOT NULL,
  test_name text NOT NULL,
  priority text NOT NULL CHECK (priority IN ('STAT', 'URGENT', 'ROUTINE')),
  urgency int GENERATED ALWAYS AS (CASE priority WHEN 'STAT' THEN 1 WHEN 'URGENT' THEN 2 ELSE 3 END) STORED,
  status text NOT NULL CHECK (status IN ('ORDERED', 'IN_PROGRESS', 'COMPLETED', 'REVIEWED', 'CANCELLED')),
  notes text,
  ordered_by_id uuid NOT NULL,
  ordered_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  cancel_reason text,
  observation_count int NOT NULL DEFAULT 0,
  abnormal_count int NOT NULL DEFAULT 0,
  critical_count int NOT NULL DEFAULT 0,
  pending_count int NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, order_number),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, ordered_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON service_order (tenant_id, ordered_at DESC, id DESC);
CREATE INDEX ON service_order (tenant_id, patient_id, ordered_at DESC, id DESC);
CREATE INDEX ON service_order (tenant_id, ordered_by_id, status, ordered_at DESC, id DESC);
CREATE INDEX ON service_order (tenant_id, status, ordered_at DESC, id DESC);
CREATE INDEX ON service_order (tenant_id, status, urgency, ordered_at, id);
SELECT protect_tenant_table('service_order');
GRANT SELECT, INSERT, UPDATE ON service_order TO infirmary_app;

CREATE TABLE hl7_message (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  sender text NOT NULL,
  control_id text NOT NULL,
  content_hash bytea NOT NULL,
  raw_sealed bytea NOT NULL,
  size_bytes int NOT NULL,
  sent_text text NOT NULL,
  file_name text,
  type text NOT NULL,
  hl7_version text NOT NULL,
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  received_by_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sender, control_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, received_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON hl7_message (tenant_id, order_id);
-- Sealed bytes do not compress: do not try.
ALTER TABLE hl7_message ALTER COLUMN raw_sealed SET STORAGE EXTERNAL;
SELECT protect_tenant_table('hl7_message');
GRANT SELECT, INSERT ON hl7_message TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hl7_message FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE observation (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  message_id uuid NOT NULL,
  position int NOT NULL,
  panel_code text,
  panel_name text,
  code text NOT NULL,
  coding_system text,
  name text NOT NULL,
  sub_id text,
  value_type text NOT NULL,
  value text,
  unit text,
  reference_range text,
  abnormal_flag text,
  status text NOT NULL CHECK (status ~ '^[A-Z]$'),
  observed_at timestamptz,
  observed_text text,
  notes text[] NOT NULL DEFAULT '{}',
  version int NOT NULL CHECK (version >= 1),
  supersedes_id uuid,
  filed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  -- Two corrections of the same value cannot both win.
  UNIQUE (tenant_id, supersedes_id),
  CHECK ((version = 1) = (supersedes_id IS NULL)),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, message_id) REFERENCES hl7_message (tenant_id, id),
  FOREIGN KEY (tenant_id, supersedes_id) REFERENCES observation (tenant_id, id)
);
CREATE INDEX ON observation (tenant_id, order_id);
CREATE INDEX ON observation (tenant_id, patient_id, code, observed_at DESC);
SELECT protect_tenant_table('observation');
GRANT SELECT, INSERT ON observation TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON observation FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE result_review (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  order_version int NOT NULL,
  reviewed_by_id uuid NOT NULL,
  comment text,
  reviewed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, reviewed_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON result_review (tenant_id, order_id, reviewed_at DESC);
SELECT protect_tenant_table('result_review');
GRANT SELECT, INSERT ON result_review TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON result_review FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE audit_entry (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  user_id uuid,
  username text,
  role text,
  facility_id uuid,
  session_id uuid,
  action text NOT NULL,
  entity text NOT NULL,
  entity_id text,
  patient_id uuid,
  outcome text NOT NULL DEFAULT 'success' CHECK (outcome IN ('success', 'refused', 'failed')),
  reason text,
  before jsonb,
  after jsonb,
  ip text,
  request_id text NOT NULL,
  PRIMARY KEY (tenant_id, at, id)
) PARTITION BY RANGE (at);
CREATE INDEX ON audit_entry (tenant_id, patient_id, at DESC) WHERE patient_id IS NOT NULL;
CREATE INDEX ON audit_entry (tenant_id, user_id, at DESC);
SELECT protect_tenant_table('audit_entry');
GRANT SELECT, INSERT ON audit_entry TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Policies of a partitioned parent do not protect a partition named directly: each partition gets its own, and no grants.
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;
SELECT protect_tenant_table('audit_entry_default');

-- Makes the partitions of the month of `first` and `months` after it. Run ahead by a job; runs as its owner because only owners make tables.
CREATE FUNCTION ensure_audit_partitions(first date, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  made int := 0;
  month date;
  name text;
BEGIN
  IF months NOT BETWEEN 0 AND 24 THEN RAISE EXCEPTION 'months must be 0 to 24'; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('ensure_audit_partitions'));
  FOR i IN 0..months LOOP
    month := (date_trunc('month', first) + make_interval(months => i))::date;
    name := 'audit_entry_' || to_char(month, 'YYYY_MM');
    IF to_regclass('public.' || name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF audit_entry FOR VALUES FROM (%L) TO (%L)',
        name, month::timestamp AT TIME ZONE 'UTC', (month + interval '1 month')::timestamp AT TIME ZONE 'UTC');
      PERFORM protect_tenant_table(name::regclass);
      made := made + 1;
    END IF;
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION ensure_audit_partitions(date, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_audit_partitions(date, int) TO infirmary_app;
SELECT ensure_audit_partitions((now() AT TIME ZONE 'UTC')::date, 3);

CREATE TABLE event (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  name text NOT NULL,
  order_id uuid,
  patient_id uuid,
  user_id uuid,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON event (tenant_id, at);
SELECT protect_tenant_table('event');
GRANT SELECT, INSERT ON event TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE notification (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  kind text NOT NULL,
  title text NOT NULL,
  order_id uuid,
  patient_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  read_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON notification (tenant_id, user_id, created_at DESC);
CREATE INDEX ON notification (tenant_id, user_id) WHERE read_at IS NULL;
SELECT protect_tenant_table('notification');
GRANT SELECT, INSERT, UPDATE, DELETE ON notification TO infirmary_app;

CREATE TABLE idempotency_key (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  user_id uuid NOT NULL,
  procedure text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash bytea NOT NULL,
  answer_sealed bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id, procedure, key)
);
CREATE INDEX ON idempotency_key (created_at);
SELECT protect_tenant_table('idempotency_key');
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_key TO infirmary_app;
