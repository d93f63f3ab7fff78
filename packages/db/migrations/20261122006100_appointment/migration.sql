CREATE EXTENSION IF NOT EXISTS btree_gist;

-- When a provider sees patients: minutes of the facility's own clock, so that summer time moves nothing.
CREATE TABLE availability (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  provider_id uuid NOT NULL,
  room_id uuid,
  visit_type text NOT NULL,
  -- 1 Monday to 7 Sunday (ISO 8601).
  weekday int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  start_minute int NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
  end_minute int NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
  slot_minutes int NOT NULL CHECK (slot_minutes BETWEEN 5 AND 480),
  valid_from date NOT NULL,
  valid_until date,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CHECK (start_minute < end_minute),
  CHECK (valid_until IS NULL OR valid_until >= valid_from),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, room_id) REFERENCES location (tenant_id, id)
);
CREATE INDEX ON availability (tenant_id, provider_id);
SELECT protect_tenant_table('availability');
GRANT SELECT, INSERT, DELETE ON availability TO infirmary_app;

-- When a provider is away all the same.
CREATE TABLE availability_exception (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  provider_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CHECK (starts_at < ends_at),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON availability_exception (tenant_id, provider_id, starts_at);
SELECT protect_tenant_table('availability_exception');
GRANT SELECT, INSERT, DELETE ON availability_exception TO infirmary_app;

CREATE TABLE appointment (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  provider_id uuid NOT NULL,
  room_id uuid,
  visit_type text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('BOOKED', 'CHECKED_IN', 'NO_SHOW', 'CANCELLED')),
  cancel_reason_sealed bytea,
  encounter_id uuid,
  booked_by_id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CHECK (starts_at < ends_at),
  CHECK ((status = 'CHECKED_IN') = (encounter_id IS NOT NULL)),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, room_id) REFERENCES location (tenant_id, id),
  FOREIGN KEY (tenant_id, encounter_id) REFERENCES encounter (tenant_id, id),
  FOREIGN KEY (tenant_id, booked_by_id) REFERENCES user_account (tenant_id, id),
  -- Nobody is booked twice at a time and no room either, whoever asks first: the database decides, not a look beforehand.
  CONSTRAINT provider_once EXCLUDE USING gist (tenant_id WITH =, provider_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status IN ('BOOKED', 'CHECKED_IN')),
  CONSTRAINT room_once EXCLUDE USING gist (tenant_id WITH =, room_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (status IN ('BOOKED', 'CHECKED_IN') AND room_id IS NOT NULL)
);
CREATE INDEX ON appointment (tenant_id, facility_id, starts_at, id);
CREATE INDEX ON appointment (tenant_id, provider_id, starts_at, id);
CREATE INDEX ON appointment (tenant_id, patient_id, starts_at, id);
SELECT protect_tenant_table('appointment');
SELECT protect_patient_table('appointment');
GRANT SELECT, INSERT, UPDATE ON appointment TO infirmary_app;
