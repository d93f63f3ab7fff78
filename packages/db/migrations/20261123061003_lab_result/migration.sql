-- A value at the bench: entered, verified by somebody else, released. What doctors read is `observation`; a value comes there by its release,
-- so nothing here is seen before.
CREATE TABLE lab_result (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_item_id uuid NOT NULL,
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  -- Under what it is reported: the code of the value, and of the panel where the order named one.
  code text NOT NULL,
  panel_code text NOT NULL,
  value text NOT NULL,
  unit text,
  -- The range that judged it; null: none fitted, and nothing is flagged.
  range_id uuid,
  reference_range text,
  flag text CHECK (flag IN ('LL', 'L', 'N', 'H', 'HH', 'A', 'AA')),
  -- It is further from the last value than the test's limits allow.
  is_delta boolean NOT NULL DEFAULT false,
  note_sealed bytea,
  status text NOT NULL CHECK (status IN ('ENTERED', 'VERIFIED', 'RELEASED')),
  is_preliminary boolean NOT NULL DEFAULT false,
  -- A correction: what was released before, and why it is wrong.
  corrects_id uuid,
  reason_sealed bytea,
  entered_by_id uuid NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now(),
  verified_by_id uuid,
  verified_at timestamptz,
  released_by_id uuid,
  released_at timestamptz,
  message_id uuid,
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  -- Four eyes.
  CONSTRAINT verified_by_another CHECK (verified_by_id <> entered_by_id),
  CHECK ((status = 'ENTERED') = (verified_by_id IS NULL)),
  CHECK ((verified_by_id IS NULL) = (verified_at IS NULL)),
  CHECK ((status = 'RELEASED') = (released_by_id IS NOT NULL) AND (status = 'RELEASED') = (released_at IS NOT NULL) AND (status = 'RELEASED') = (message_id IS NOT NULL)),
  CHECK ((corrects_id IS NULL) = (reason_sealed IS NULL)),
  FOREIGN KEY (tenant_id, order_item_id) REFERENCES order_item (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, range_id) REFERENCES reference_range (tenant_id, id),
  FOREIGN KEY (tenant_id, corrects_id) REFERENCES lab_result (tenant_id, id),
  FOREIGN KEY (tenant_id, message_id) REFERENCES hl7_message (tenant_id, id),
  FOREIGN KEY (tenant_id, entered_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, verified_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, released_by_id) REFERENCES user_account (tenant_id, id)
);
-- One value of a test is being worked on at a time.
CREATE UNIQUE INDEX one_open ON lab_result (tenant_id, order_item_id) WHERE status <> 'RELEASED';
CREATE UNIQUE INDEX corrected_once ON lab_result (tenant_id, corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX ON lab_result (tenant_id, order_id);
CREATE INDEX ON lab_result (tenant_id, status, entered_at) WHERE status <> 'RELEASED';

-- Steps follow each other; what somebody verified is released as it was verified, and what was released stays.
CREATE FUNCTION lab_result_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'ENTERED' THEN RAISE EXCEPTION 'a value begins as entered' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.status = 'RELEASED' THEN RAISE EXCEPTION 'a released value is never changed' USING ERRCODE = 'restrict_violation'; END IF;
  IF NEW.status = 'RELEASED' AND OLD.status <> 'VERIFIED' THEN RAISE EXCEPTION 'only a verified value is released' USING ERRCODE = 'restrict_violation'; END IF;
  IF OLD.status = 'VERIFIED' AND NEW.status <> 'ENTERED'
     AND (NEW.value, NEW.unit, NEW.flag, NEW.reference_range, NEW.entered_by_id, NEW.verified_by_id) IS DISTINCT FROM (OLD.value, OLD.unit, OLD.flag, OLD.reference_range, OLD.entered_by_id, OLD.verified_by_id) THEN
    RAISE EXCEPTION 'a verified value is released as it was verified' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER moves BEFORE INSERT OR UPDATE ON lab_result FOR EACH ROW EXECUTE FUNCTION lab_result_moves();
SELECT protect_tenant_table('lab_result');
SELECT protect_patient_table('lab_result');
GRANT SELECT, INSERT, UPDATE ON lab_result TO infirmary_app;
