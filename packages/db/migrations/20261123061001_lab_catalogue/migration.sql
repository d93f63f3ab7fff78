-- What a department collects, and into what.
CREATE TABLE specimen_type (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  code text NOT NULL CHECK (code ~ '^[A-Z0-9-]{1,20}$'),
  name text NOT NULL,
  PRIMARY KEY (tenant_id, code)
);
SELECT protect_tenant_table('specimen_type');
GRANT SELECT, INSERT, UPDATE ON specimen_type TO infirmary_app;

CREATE TABLE container_type (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  code text NOT NULL CHECK (code ~ '^[A-Z0-9-]{1,20}$'),
  name text NOT NULL,
  -- The colour of its cap, in words: what a hand reaches for.
  cap text,
  PRIMARY KEY (tenant_id, code)
);
SELECT protect_tenant_table('container_type');
GRANT SELECT, INSERT, UPDATE ON container_type TO infirmary_app;

-- Beyond its name: what a test answers with, how it is judged, how soon. Limits are exact decimals, kept with the places they were written with.
ALTER TABLE lab_test
  ADD COLUMN value_type text NOT NULL DEFAULT 'NUMERIC' CHECK (value_type IN ('NUMERIC', 'TEXT', 'CODED', 'RATIO', 'TITRE')),
  ADD COLUMN decimals int NOT NULL DEFAULT 0 CHECK (decimals BETWEEN 0 AND 6),
  ADD COLUMN answers text[] NOT NULL DEFAULT '{}',
  ADD COLUMN specimen_type text,
  ADD COLUMN container_type text,
  ADD COLUMN turnaround_stat int CHECK (turnaround_stat > 0),
  ADD COLUMN turnaround_urgent int CHECK (turnaround_urgent > 0),
  ADD COLUMN turnaround_routine int CHECK (turnaround_routine > 0),
  ADD COLUMN delta_percent numeric CHECK (delta_percent > 0),
  ADD COLUMN delta_absolute numeric CHECK (delta_absolute > 0),
  ADD COLUMN delta_hours int CHECK (delta_hours > 0),
  ADD COLUMN auto_verify boolean NOT NULL DEFAULT true,
  ADD COLUMN critical_minutes int CHECK (critical_minutes > 0),
  ADD COLUMN is_active boolean NOT NULL DEFAULT true,
  ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
  ADD FOREIGN KEY (tenant_id, specimen_type) REFERENCES specimen_type (tenant_id, code),
  ADD FOREIGN KEY (tenant_id, container_type) REFERENCES container_type (tenant_id, code);

-- What is inside a panel, in the order it is reported.
CREATE TABLE lab_panel_member (
  tenant_id uuid NOT NULL,
  panel_code text NOT NULL,
  test_code text NOT NULL CHECK (test_code <> panel_code),
  position int NOT NULL,
  PRIMARY KEY (tenant_id, panel_code, test_code),
  FOREIGN KEY (tenant_id, panel_code) REFERENCES lab_test (tenant_id, code),
  FOREIGN KEY (tenant_id, test_code) REFERENCES lab_test (tenant_id, code)
);
SELECT protect_tenant_table('lab_panel_member');
GRANT SELECT, INSERT, UPDATE, DELETE ON lab_panel_member TO infirmary_app;

-- Limits of a test for people of an age and sex, in a state, from a day on. Only the day it ends changes: what judged a value stays as it was.
CREATE TABLE reference_range (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  test_code text NOT NULL,
  sex text CHECK (sex IN ('male', 'female')),
  condition text,
  age_from_days int NOT NULL DEFAULT 0 CHECK (age_from_days >= 0),
  age_to_days int NOT NULL DEFAULT 60000,
  low numeric,
  high numeric,
  critical_low numeric,
  critical_high numeric,
  normal_text text,
  valid_from date,
  valid_to date,
  created_by_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  CHECK (age_from_days < age_to_days),
  CHECK (low IS NULL OR high IS NULL OR low < high),
  CHECK (critical_low IS NULL OR low IS NULL OR critical_low < low),
  CHECK (critical_high IS NULL OR high IS NULL OR high < critical_high),
  FOREIGN KEY (tenant_id, test_code) REFERENCES lab_test (tenant_id, code),
  FOREIGN KEY (tenant_id, created_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON reference_range (tenant_id, test_code);
SELECT protect_tenant_table('reference_range');
GRANT SELECT, INSERT, UPDATE (valid_to) ON reference_range TO infirmary_app;

-- Every state a definition had. Append-only.
CREATE TABLE lab_test_version (
  tenant_id uuid NOT NULL,
  code text NOT NULL,
  version int NOT NULL,
  definition jsonb NOT NULL,
  changed text[] NOT NULL,
  changed_by_id uuid,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, code, version),
  FOREIGN KEY (tenant_id, code) REFERENCES lab_test (tenant_id, code),
  FOREIGN KEY (tenant_id, changed_by_id) REFERENCES user_account (tenant_id, id)
);
SELECT protect_tenant_table('lab_test_version');
GRANT SELECT, INSERT ON lab_test_version TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lab_test_version FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The publishers' own tables, loaded by a command, the same for every organisation: LOINC's codes to choose from, UCUM's units.
CREATE TABLE loinc_code (
  code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{1,7}-[0-9]$'),
  long_name text NOT NULL,
  short_name text,
  class text,
  system text,
  scale text,
  example_unit text,
  status text NOT NULL DEFAULT 'ACTIVE'
);
CREATE INDEX ON loinc_code USING gin ((code || ' ' || long_name) gin_trgm_ops);
GRANT SELECT, INSERT, UPDATE ON loinc_code TO infirmary_app;

CREATE TABLE ucum_unit (
  code text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  print_symbol text,
  property text
);
GRANT SELECT, INSERT, UPDATE ON ucum_unit TO infirmary_app;
