-- What an order asks to be answered: the tests of its panel as it was when it was placed, or the one test.
CREATE TABLE order_item (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  test_code text NOT NULL,
  position int NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, order_id, test_code),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id)
);
CREATE FUNCTION order_has_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO order_item (tenant_id, order_id, patient_id, test_code, position)
  SELECT o.tenant_id, o.id, o.patient_id, COALESCE(m.test_code, o.test_code), COALESCE(m.position, 1)
    FROM placed o LEFT JOIN lab_panel_member m ON m.tenant_id = o.tenant_id AND m.panel_code = o.test_code
   WHERE o.kind = 'LAB';
  RETURN NULL;
END $$;
CREATE TRIGGER has_items AFTER INSERT ON service_order REFERENCING NEW TABLE AS placed FOR EACH STATEMENT EXECUTE FUNCTION order_has_items();
-- Orders there are: each asks for what it names.
INSERT INTO order_item (tenant_id, order_id, patient_id, test_code, position)
SELECT tenant_id, id, patient_id, test_code, 1 FROM service_order WHERE kind = 'LAB';
SELECT protect_tenant_table('order_item');
SELECT protect_patient_table('order_item');
GRANT SELECT, INSERT ON order_item TO infirmary_app;

-- A tube, from the vein to the bin.
CREATE TABLE specimen (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  facility_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  barcode text NOT NULL CHECK (barcode ~ '^S[0-9]{7,12}$'),
  -- What it was poured off from; what it was collected again for.
  parent_id uuid,
  replaces_id uuid,
  specimen_type text,
  container_type text,
  -- The person's state when it was collected: some ranges depend on it.
  condition text CHECK (condition IN ('pregnant', 'follicular', 'luteal', 'postmenopausal', 'newborn', 'fasting')),
  status text NOT NULL CHECK (status IN ('COLLECTED', 'RECEIVED', 'STORED', 'REJECTED', 'DISCARDED')),
  collected_at timestamptz NOT NULL,
  collected_by_id uuid NOT NULL,
  received_at timestamptz,
  rejected_at timestamptz,
  reject_reason text CHECK (reject_reason IN ('HEMOLYZED', 'CLOTTED', 'INSUFFICIENT', 'WRONG_CONTAINER', 'UNLABELLED', 'MISLABELLED', 'LEAKED', 'TOO_OLD', 'CONTAMINATED', 'OTHER')),
  place text CHECK (place ~ '^[A-Za-z0-9][A-Za-z0-9 .,/-]{0,39}$'),
  version int NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, barcode),
  CHECK ((status = 'REJECTED') = (reject_reason IS NOT NULL)),
  FOREIGN KEY (tenant_id, facility_id) REFERENCES facility (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES specimen (tenant_id, id),
  FOREIGN KEY (tenant_id, replaces_id) REFERENCES specimen (tenant_id, id),
  FOREIGN KEY (tenant_id, specimen_type) REFERENCES specimen_type (tenant_id, code),
  FOREIGN KEY (tenant_id, container_type) REFERENCES container_type (tenant_id, code),
  FOREIGN KEY (tenant_id, collected_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON specimen (tenant_id, facility_id, status, collected_at);
CREATE INDEX ON specimen (tenant_id, patient_id, collected_at DESC);
CREATE INDEX ON specimen (tenant_id, parent_id) WHERE parent_id IS NOT NULL;
SELECT protect_tenant_table('specimen');
SELECT protect_patient_table('specimen');
GRANT SELECT, INSERT, UPDATE ON specimen TO infirmary_app;

-- Which orders are answered from it; several can share a tube.
CREATE TABLE specimen_order (
  tenant_id uuid NOT NULL,
  specimen_id uuid NOT NULL,
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, specimen_id, order_id),
  FOREIGN KEY (tenant_id, specimen_id) REFERENCES specimen (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id)
);
CREATE INDEX ON specimen_order (tenant_id, order_id);
SELECT protect_tenant_table('specimen_order');
SELECT protect_patient_table('specimen_order');
GRANT SELECT, INSERT ON specimen_order TO infirmary_app;

-- The history of a tube. Append-only.
CREATE TABLE specimen_event (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  specimen_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('COLLECTED', 'LABELLED', 'RECEIVED', 'REJECTED', 'ALIQUOTED', 'STORED', 'DISCARDED')),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  by_id uuid NOT NULL,
  by_scan boolean NOT NULL DEFAULT false,
  -- A reason or a place, as a code.
  detail text CHECK (detail ~ '^[A-Za-z0-9_][A-Za-z0-9_ .,/-]{0,39}$'),
  note_sealed bytea,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, specimen_id) REFERENCES specimen (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON specimen_event (tenant_id, specimen_id, at);
SELECT protect_tenant_table('specimen_event');
SELECT protect_patient_table('specimen_event');
GRANT SELECT, INSERT ON specimen_event TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON specimen_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
