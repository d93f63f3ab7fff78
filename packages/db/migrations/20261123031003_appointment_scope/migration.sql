-- An appointment opens its patient to where it is and to whom it is with, from the booking on: who prepares for a patient has to see the
-- record, wherever they work that day. Cancelled, or when the patient did not come, the doctor's sight ends again unless something else
-- (an order, a visit, another appointment) keeps it; a check-in makes a visit, which opens it by itself.
CREATE FUNCTION appointment_opens_scope() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.status NOT IN ('BOOKED', 'CHECKED_IN') OR OLD.provider_id <> NEW.provider_id) THEN
    UPDATE care_team_member c SET ended_at = now()
     WHERE c.tenant_id = OLD.tenant_id AND c.patient_id = OLD.patient_id AND c.user_id = OLD.provider_id AND c.reason = 'ASSIGNED' AND c.ended_at IS NULL
       AND NOT EXISTS (SELECT FROM appointment a WHERE a.tenant_id = c.tenant_id AND a.patient_id = c.patient_id AND a.provider_id = c.user_id
                          AND a.id <> OLD.id AND a.status IN ('BOOKED', 'CHECKED_IN'));
  END IF;
  IF NEW.status IN ('BOOKED', 'CHECKED_IN') THEN
    UPDATE patient SET facility_ids = facility_ids || NEW.facility_id
     WHERE tenant_id = NEW.tenant_id AND id = NEW.patient_id AND NOT NEW.facility_id = ANY (facility_ids);
    INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason)
      VALUES (NEW.tenant_id, NEW.patient_id, NEW.provider_id, 'ASSIGNED')
      ON CONFLICT (tenant_id, patient_id, user_id) DO UPDATE SET ended_at = NULL, reason = 'ASSIGNED', since = now() WHERE care_team_member.ended_at IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER opens_scope AFTER INSERT OR UPDATE OF provider_id, status ON appointment
  FOR EACH ROW EXECUTE FUNCTION appointment_opens_scope();

-- What is booked already.
DO $$
DECLARE t uuid;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', t::text, true);
    UPDATE patient p SET facility_ids = p.facility_ids || a.ids
      FROM (SELECT b.patient_id, array_agg(DISTINCT b.facility_id) AS ids FROM appointment b JOIN patient q ON q.tenant_id = b.tenant_id AND q.id = b.patient_id
             WHERE b.tenant_id = t AND b.status = 'BOOKED' AND NOT b.facility_id = ANY (q.facility_ids) GROUP BY 1) a
     WHERE p.tenant_id = t AND p.id = a.patient_id;
    INSERT INTO care_team_member (tenant_id, patient_id, user_id, reason)
      SELECT DISTINCT tenant_id, patient_id, provider_id, 'ASSIGNED' FROM appointment WHERE tenant_id = t AND status = 'BOOKED' AND ends_at > now()
      ON CONFLICT DO NOTHING;
  END LOOP;
  PERFORM set_config('app.tenant_id', '', true);
END $$;
