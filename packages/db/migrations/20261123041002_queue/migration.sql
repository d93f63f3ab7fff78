-- Where waiting patients are called to: a desk, a room.
CREATE TABLE service_point (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  code text NOT NULL CHECK (code ~ '^[A-Z]{1,2}$'),
  name text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, facility_id, code),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id)
);
SELECT protect_tenant_table('service_point');
GRANT SELECT, INSERT, UPDATE ON service_point TO infirmary_app;

-- The next number of a facility's day.
CREATE TABLE queue_counter (
  tenant_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  day date NOT NULL,
  last int NOT NULL,
  PRIMARY KEY (tenant_id, facility_id, day),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id)
);
SELECT protect_tenant_table('queue_counter');
GRANT SELECT, INSERT, UPDATE ON queue_counter TO infirmary_app;

-- A patient who is here and waits: one entry a visit, under a number that names nobody.
CREATE TABLE queue_entry (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  encounter_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  -- Where the patient waits to be called to; null: wherever is free first.
  service_point_id uuid,
  ticket text NOT NULL,
  day date NOT NULL,
  priority text NOT NULL DEFAULT 'ROUTINE' CHECK (priority IN ('ROUTINE', 'URGENT', 'EMERGENCY')),
  status text NOT NULL DEFAULT 'WAITING' CHECK (status IN ('WAITING', 'CALLED', 'SERVED', 'LEFT')),
  waiting_since timestamptz NOT NULL,
  called_at timestamptz,
  -- What the last step changed, who took it and when: for a minute it can be taken back by that person.
  undo jsonb,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, encounter_id),
  UNIQUE (tenant_id, facility_id, day, ticket),
  CHECK (status <> 'CALLED' OR (called_at IS NOT NULL AND service_point_id IS NOT NULL)),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, encounter_id) REFERENCES encounter (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, service_point_id) REFERENCES service_point (tenant_id, id)
);
CREATE INDEX queue_open ON queue_entry (tenant_id, facility_id, waiting_since) WHERE status IN ('WAITING', 'CALLED');
SELECT protect_tenant_table('queue_entry');
SELECT protect_patient_table('queue_entry');
GRANT SELECT, INSERT, UPDATE ON queue_entry TO infirmary_app;

-- A screen in a waiting room: opened by a link whose secret is kept as a hash only.
CREATE TABLE waiting_display (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  name text NOT NULL,
  token_hash bytea NOT NULL,
  created_by_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, token_hash),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('waiting_display');
GRANT SELECT, INSERT, UPDATE ON waiting_display TO infirmary_app;

-- Who waits already stands in the queue from now on, in the order of arrival.
DO $$
DECLARE t uuid;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', t::text, true);
    INSERT INTO queue_entry (tenant_id, id, facility_id, encounter_id, patient_id, ticket, day, waiting_since)
      SELECT t, uuidv7(), e.facility_id, e.id, e.patient_id,
             'Q' || lpad(row_number() OVER (PARTITION BY e.facility_id ORDER BY e.arrived_at, e.id)::text, 3, '0'), now()::date, COALESCE(e.arrived_at, e.scheduled_at)
        FROM encounter e WHERE e.tenant_id = t AND e.status IN ('ARRIVED', 'TRIAGED');
  END LOOP;
  PERFORM set_config('app.tenant_id', '', true);
END $$;
