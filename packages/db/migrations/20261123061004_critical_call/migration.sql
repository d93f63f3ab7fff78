-- The laboratory told somebody of a critical value: whom, when, and that it was read back. Append-only: a second call is a second row.
CREATE TABLE critical_call (
  tenant_id uuid NOT NULL,
  id uuid NOT NULL,
  observation_id uuid NOT NULL,
  order_id uuid NOT NULL,
  patient_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('READ_BACK', 'NOT_REACHED')),
  told_sealed bytea NOT NULL,
  note_sealed bytea,
  called_at timestamptz NOT NULL,
  called_by_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, observation_id) REFERENCES observation (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES service_order (tenant_id, id),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id),
  FOREIGN KEY (tenant_id, called_by_id) REFERENCES user_account (tenant_id, id)
);
CREATE INDEX ON critical_call (tenant_id, observation_id, called_at);
SELECT protect_tenant_table('critical_call');
SELECT protect_patient_table('critical_call');
GRANT SELECT, INSERT ON critical_call TO infirmary_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON critical_call FOR EACH ROW EXECUTE FUNCTION refuse_change();
