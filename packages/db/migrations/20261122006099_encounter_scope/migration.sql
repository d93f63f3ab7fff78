-- What a visit leaves is seen by who sees its patient: visits, vital signs, diagnoses, problems, allergies and the like. A visit opens its
-- patient to its facility and to its provider.
DO $$
DECLARE t regclass;
BEGIN
  FOR t IN SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'patient_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname NOT IN ('audit_entry', 'audit_shown', 'event', 'notification', 'care_team_member', 'break_glass', 'patient_name')
              AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'in_scope')
  LOOP
    PERFORM protect_patient_table(t);
  END LOOP;
END $$;

CREATE FUNCTION encounter_opens_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE patient SET facility_ids = facility_ids || NEW.facility_id
   WHERE tenant_id = NEW.tenant_id AND id = NEW.patient_id AND NOT NEW.facility_id = ANY (facility_ids);
  IF NEW.provider_id IS NOT NULL THEN
    INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason)
      VALUES (NEW.tenant_id, NEW.patient_id, NEW.provider_id, 'ATTENDING')
      ON CONFLICT (tenant_id, patient_id, user_id) DO UPDATE SET ended_at = NULL WHERE care_team_member.ended_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opens_scope AFTER INSERT OR UPDATE OF provider_id ON encounter
  FOR EACH ROW EXECUTE FUNCTION encounter_opens_scope();

-- What is there already.
DO $$
DECLARE t uuid;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', t::text, true);
    UPDATE patient p SET facility_ids = p.facility_ids || e.ids
      FROM (SELECT patient_id, array_agg(DISTINCT facility_id) AS ids FROM encounter WHERE tenant_id = t GROUP BY 1) e
     WHERE p.tenant_id = t AND p.id = e.patient_id AND NOT e.ids <@ p.facility_ids;
    INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason)
      SELECT DISTINCT tenant_id, patient_id, provider_id, 'ATTENDING' FROM encounter WHERE tenant_id = t AND provider_id IS NOT NULL
      ON CONFLICT DO NOTHING;
  END LOOP;
  PERFORM set_config('app.tenant_id', '', true);
END $$;
