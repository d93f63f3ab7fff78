-- A visit. Free text is sealed: it can name people.
CREATE TABLE encounter (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  provider_id uuid,
  status text NOT NULL CHECK (status IN ('PLANNED', 'ARRIVED', 'TRIAGED', 'IN_CONSULT', 'COMPLETED', 'CANCELLED')),
  reason_sealed bytea NOT NULL,
  scheduled_at timestamptz NOT NULL,
  arrived_at timestamptz,
  triaged_at timestamptz,
  consult_started_at timestamptz,
  completed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason_sealed bytea,
  assessment_sealed bytea,
  plan_sealed bytea,
  -- The score of the latest vital signs, kept with them so that a queue needs no join.
  score_kind text CHECK (score_kind IN ('NEWS2', 'PEWS')),
  score int CHECK (score >= 0),
  score_risk text CHECK (score_risk IN ('low', 'low-medium', 'medium', 'high')),
  score_missing text[] NOT NULL DEFAULT '{}',
  created_by_id uuid NOT NULL,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, provider_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, created_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON encounter (tenant_id, patient_id, scheduled_at DESC, id DESC);
CREATE INDEX ON encounter (tenant_id, scheduled_at DESC, id DESC);
CREATE INDEX ON encounter (tenant_id, provider_id, status, scheduled_at);
CREATE INDEX ON encounter (tenant_id, facility_id, status, scheduled_at);
SELECT protect_tenant_table('encounter');
GRANT SELECT, INSERT, UPDATE ON encounter TO infirmary_app;

-- Vital signs of one moment. Append-only.
CREATE TABLE vital_signs (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  encounter_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  systolic int NOT NULL,
  diastolic int NOT NULL,
  pulse int NOT NULL,
  temperature_c numeric(4, 1) NOT NULL,
  temperature_entered text NOT NULL,
  spo2 int NOT NULL,
  spo2_scale int NOT NULL CHECK (spo2_scale IN (1, 2)),
  respiratory_rate int NOT NULL,
  consciousness text NOT NULL CHECK (consciousness IN ('alert', 'confusion', 'voice', 'pain', 'unresponsive')),
  on_oxygen boolean NOT NULL,
  oxygen_flow numeric(4, 1),
  capillary_refill_s numeric(4, 1),
  respiratory_effort text CHECK (respiratory_effort IN ('normal', 'mild', 'moderate', 'severe')),
  score_kind text NOT NULL CHECK (score_kind IN ('NEWS2', 'PEWS')),
  score int NOT NULL CHECK (score >= 0),
  score_risk text NOT NULL CHECK (score_risk IN ('low', 'low-medium', 'medium', 'high')),
  score_missing text[] NOT NULL DEFAULT '{}',
  taken_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  recorded_by_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, encounter_id) REFERENCES encounter (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, recorded_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON vital_signs (tenant_id, patient_id, taken_at DESC, id DESC);
CREATE INDEX ON vital_signs (tenant_id, encounter_id, taken_at DESC, id DESC);
SELECT protect_tenant_table('vital_signs');
GRANT SELECT, INSERT ON vital_signs TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON vital_signs FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What holds for a patient beyond one visit and is decided, not measured. One row a patient, made when something is decided first.
CREATE TABLE clinical_profile (
  tenant_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  spo2_scale int NOT NULL DEFAULT 1 CHECK (spo2_scale IN (1, 2)),
  spo2_scale_by_id uuid,
  spo2_scale_at timestamptz,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, patient_id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, spo2_scale_by_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('clinical_profile');
GRANT SELECT, INSERT, UPDATE ON clinical_profile TO infirmary_app;

-- Who did it, in which visit, and what there is to say of it in codes and numbers: what a timeline is read from.
ALTER TABLE event
  ADD COLUMN encounter_id uuid,
  ADD COLUMN actor_id uuid,
  ADD COLUMN subject_id uuid,
  ADD COLUMN detail jsonb;
CREATE INDEX event_of_patient ON event (tenant_id, patient_id, at DESC, id DESC) WHERE patient_id IS NOT NULL;
CREATE INDEX event_of_encounter ON event (tenant_id, encounter_id, at DESC, id DESC) WHERE encounter_id IS NOT NULL;
