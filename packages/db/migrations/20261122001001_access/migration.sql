-- The facility and the person the running transaction works for; NULL where a job or another system works for nobody in particular.
CREATE FUNCTION current_facility() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('app.facility_id', true), '')::uuid $$;
CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('app.user_id', true), '')::uuid $$;

-- Roles a tenant made of the catalogue's permissions. One under the name of a built-in role takes that one's place.
CREATE TABLE role (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  code text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text NOT NULL,
  permissions text[] NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, code)
);
SELECT protect_tenant_table('role');
GRANT SELECT, INSERT, UPDATE ON role TO infirmary_app;

-- Which roles there are is the tenant's affair now; the API knows them.
ALTER TABLE membership DROP CONSTRAINT membership_role_check;
ALTER TABLE membership ADD CONSTRAINT membership_role_check CHECK (role ~ '^[a-z][a-z0-9_]{1,39}$');
ALTER TABLE membership ADD COLUMN valid_until timestamptz;
CREATE INDEX ON membership (tenant_id, facility_id, role);

ALTER TABLE facility
  ADD COLUMN address text,
  ADD COLUMN is_active boolean NOT NULL DEFAULT true,
  ADD COLUMN version int NOT NULL DEFAULT 1,
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();

-- Departments, wards and rooms of a facility (FHIR Location); a room stands in a ward or department, a ward in a department.
CREATE TABLE location (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('DEPARTMENT', 'WARD', 'ROOM')),
  parent_id uuid,
  code text NOT NULL,
  name text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, facility_id, kind, code),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES location (tenant_id, id),
  CHECK (kind <> 'DEPARTMENT' OR parent_id IS NULL)
);
SELECT protect_tenant_table('location');
GRANT SELECT, INSERT, UPDATE ON location TO infirmary_app;

ALTER TABLE user_account
  ADD COLUMN title text,
  ADD COLUMN registration_number text,
  ADD COLUMN department_id uuid,
  ADD FOREIGN KEY (tenant_id, department_id) REFERENCES location (tenant_id, id);

-- Where the session's person works now; the first of the person's facilities where none was chosen.
ALTER TABLE session
  ADD COLUMN facility_id uuid,
  ADD FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id);

-- Who cares for a patient, wherever they work. A row that ended stays: it says who was in the team.
CREATE TABLE care_team_member (
  tenant_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  user_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('ORDERING', 'ATTENDING', 'ASSIGNED')),
  since timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz,
  PRIMARY KEY (tenant_id, patient_id, user_id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON care_team_member (tenant_id, user_id, patient_id) WHERE ended_at IS NULL;
SELECT protect_tenant_table('care_team_member');
GRANT SELECT, INSERT, UPDATE ON care_team_member TO infirmary_app;

-- Emergency access to one patient out of scope. The application can end it and record its review, and change nothing else.
CREATE TABLE break_glass (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  user_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  session_id uuid NOT NULL,
  reason_code text NOT NULL CHECK (reason_code IN ('EMERGENCY', 'COVERING', 'CONSULT', 'PATIENT_REQUEST', 'OTHER')),
  reason_text text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  review_due_at timestamptz NOT NULL,
  review_outcome text CHECK (review_outcome IN ('JUSTIFIED', 'NOT_JUSTIFIED', 'FOLLOW_UP')),
  review_comment text,
  reviewed_by_id uuid,
  reviewed_at timestamptz,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  CHECK (expires_at <= started_at + interval '60 minutes'),
  CHECK ((review_outcome IS NULL) = (reviewed_at IS NULL) AND (reviewed_at IS NULL) = (reviewed_by_id IS NULL)),
  FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, reviewed_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON break_glass (tenant_id, user_id, expires_at);
CREATE INDEX ON break_glass (tenant_id, patient_id, started_at DESC);
CREATE INDEX ON break_glass (tenant_id, review_due_at, id) WHERE review_outcome IS NULL;
CREATE INDEX ON break_glass (tenant_id, started_at DESC, id DESC);
SELECT protect_tenant_table('break_glass');
GRANT SELECT, INSERT ON break_glass TO infirmary_app;
GRANT UPDATE (ended_at, review_outcome, review_comment, reviewed_by_id, reviewed_at, version) ON break_glass TO infirmary_app;

-- Where a patient is registered or was seen. What is there already belongs to where it was registered and where it was ordered for;
-- where neither is known, to all facilities: an update takes nobody out of anybody's sight.
ALTER TABLE patient ADD COLUMN facility_ids uuid[] NOT NULL DEFAULT '{}';
DO $$
DECLARE t uuid;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', t::text, true);
    UPDATE patient p SET facility_ids = k.ids
      FROM (SELECT patient_id, array_agg(DISTINCT facility_id) AS ids FROM (
              SELECT patient_id, facility_id FROM service_order WHERE tenant_id = t
              UNION ALL SELECT patient_id, facility_id FROM audit_entry
                         WHERE tenant_id = t AND action = 'patient.create' AND patient_id IS NOT NULL AND facility_id IS NOT NULL) s
             GROUP BY patient_id) k
     WHERE p.tenant_id = t AND p.id = k.patient_id;
    UPDATE patient SET facility_ids = ARRAY(SELECT id FROM facility WHERE tenant_id = t)
     WHERE tenant_id = t AND facility_ids = '{}';
    INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason, since)
      SELECT tenant_id, patient_id, ordered_by_id, 'ORDERING', min(ordered_at) FROM service_order WHERE tenant_id = t GROUP BY 1, 2, 3;
  END LOOP;
  PERFORM set_config('app.tenant_id', '', true);
END $$;
-- Lists leave out what belongs to removed patients without asking each row's patient.
CREATE INDEX patient_removed ON patient (tenant_id) INCLUDE (id) WHERE deleted_at IS NOT NULL;

-- A person sees the patients of the facility worked at, of the own care teams, and those the glass was broken for. Scalar subqueries
-- and hashed lists, so that they are worked out once a statement and not once a row. Work for nobody in particular sees the tenant.
CREATE POLICY in_scope ON patient AS RESTRICTIVE USING (
  (SELECT current_facility()) IS NULL
  OR (SELECT current_facility()) = ANY (facility_ids)
  OR id IN (SELECT c.patient_id FROM care_team_member c
             WHERE c.tenant_id = (SELECT current_tenant()) AND c.user_id = (SELECT current_person()) AND c.ended_at IS NULL)
  OR id IN (SELECT g.patient_id FROM break_glass g
             WHERE g.tenant_id = (SELECT current_tenant()) AND g.user_id = (SELECT current_person())
               AND g.ended_at IS NULL AND g.expires_at > now())
) WITH CHECK (true);

-- The same for a table of records about patients: a record is seen by who sees its patient. What was made at the facility worked at
-- needs no look-up, for its patient is that facility's.
CREATE FUNCTION protect_patient_table(target regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  has_facility boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'facility_id' AND attnotnull AND NOT attisdropped);
BEGIN
  EXECUTE format(
    'CREATE POLICY in_scope ON %s AS RESTRICTIVE USING ((SELECT current_facility()) IS NULL %s
       OR (SELECT p.id FROM patient p WHERE p.tenant_id = %s.tenant_id AND p.id = %s.patient_id) IS NOT NULL) WITH CHECK (true)',
    target, CASE WHEN has_facility THEN 'OR facility_id = (SELECT current_facility())' ELSE '' END, target, target);
END $$;
REVOKE EXECUTE ON FUNCTION protect_patient_table(regclass) FROM PUBLIC;
SELECT protect_patient_table('service_order');
SELECT protect_patient_table('hl7_message');
SELECT protect_patient_table('observation');

-- Refuses (SQLSTATE IN403) unless every one of the patients is in scope; sent with the audit entries that name them.
CREATE FUNCTION require_in_scope(ids uuid[]) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF EXISTS (SELECT FROM unnest(ids) i
              WHERE (SELECT p.id FROM patient p WHERE p.tenant_id = current_tenant() AND p.id = i) IS NULL) THEN
    RAISE EXCEPTION 'out of scope' USING ERRCODE = 'IN403';
  END IF;
END $$;

-- An order opens its patient to the facility it was placed at and to who placed it. Row by row: both are look-ups by key.
CREATE FUNCTION order_opens_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE patient SET facility_ids = facility_ids || NEW.facility_id
   WHERE tenant_id = NEW.tenant_id AND id = NEW.patient_id AND NOT NEW.facility_id = ANY (facility_ids);
  INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason)
    VALUES (NEW.tenant_id, NEW.patient_id, NEW.ordered_by_id, 'ORDERING')
    ON CONFLICT (tenant_id, patient_id, user_id) DO UPDATE SET ended_at = NULL WHERE care_team_member.ended_at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER opens_scope AFTER INSERT ON service_order FOR EACH ROW EXECUTE FUNCTION order_opens_scope();

-- Who may hear of what happened to a patient: the facilities and people whose patient it was at that moment.
ALTER TABLE event ADD COLUMN facility_ids uuid[], ADD COLUMN person_ids uuid[];
