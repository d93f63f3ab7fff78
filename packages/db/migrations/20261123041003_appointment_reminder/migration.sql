-- The mail that reminds of an appointment: at most one for each time it is at. Holds no address; that is read when it goes out.
CREATE TABLE appointment_reminder (
  tenant_id uuid NOT NULL,
  appointment_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  -- The time it reminds of: an appointment that moves is reminded of anew.
  starts_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('DUE', 'SENDING', 'SENT', 'FAILED', 'NO_ADDRESS', 'CANCELLED')),
  attempts int NOT NULL DEFAULT 0,
  changed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, appointment_id),
  FOREIGN KEY (tenant_id, appointment_id) REFERENCES appointment (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id)
);
CREATE INDEX appointment_reminder_open ON appointment_reminder (tenant_id, due_at) WHERE status IN ('DUE', 'SENDING');
SELECT protect_tenant_table('appointment_reminder');
SELECT protect_patient_table('appointment_reminder');
GRANT SELECT, INSERT, UPDATE ON appointment_reminder TO infirmary_app;

-- What is booked already for later than tomorrow is reminded of too.
DO $$
DECLARE t uuid;
BEGIN
  FOR t IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', t::text, true);
    INSERT INTO appointment_reminder (tenant_id, appointment_id, patient_id, due_at, starts_at, status)
      SELECT t, id, patient_id, starts_at - interval '24 hours', starts_at, 'DUE' FROM appointment
       WHERE tenant_id = t AND status = 'BOOKED' AND starts_at - interval '24 hours' > now();
  END LOOP;
  PERFORM set_config('app.tenant_id', '', true);
END $$;
