-- The names under which other systems know our record numbers (PID-3.4.1); none: any name, or no name, is taken as ours.
ALTER TABLE tenant ADD COLUMN mrn_authorities text[] NOT NULL DEFAULT '{}';

-- A system that sends us messages or gets them from us: an analyser, another hospital's interface engine.
CREATE TABLE partner (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  is_active boolean NOT NULL DEFAULT true,
  -- MSH-3.1 and MSH-4.1 joined by |; none: any.
  senders text[] NOT NULL DEFAULT '{}',
  types text[] NOT NULL DEFAULT '{ORU^R01,ORU^R30,OUL^R22}',
  -- Takes what strict reading answers AE to, where the tolerant profile lets it through with a warning.
  is_tolerant boolean NOT NULL DEFAULT false,
  -- Where messages to it go; null: none do.
  send_host text,
  send_port int CHECK (send_port BETWEEN 1 AND 65535),
  send_tls boolean NOT NULL DEFAULT true,
  send_types text[] NOT NULL DEFAULT '{}',
  version int NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name),
  CHECK ((send_host IS NULL) = (send_port IS NULL))
);
SELECT protect_tenant_table('partner');
GRANT SELECT, INSERT, UPDATE ON partner TO infirmary_app;

-- Whose certificate it is: readable before a tenant is known, as a connection shows nothing else; writable in one's own tenant.
-- SHA-256 of the client's certificate, 64 hexadecimal digits; 'loopback' for plain connections of the same machine.
CREATE TABLE partner_certificate (
  tenant_id uuid NOT NULL,
  fingerprint text NOT NULL CHECK (fingerprint = 'loopback' OR fingerprint ~ '^[0-9a-f]{64}$'),
  partner_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, fingerprint),
  FOREIGN KEY (tenant_id, partner_id) REFERENCES partner (tenant_id, id)
);
CREATE INDEX ON partner_certificate (fingerprint);
CREATE INDEX ON partner_certificate (tenant_id, partner_id);
ALTER TABLE partner_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY look_up ON partner_certificate FOR SELECT USING (true);
CREATE POLICY own_tenant_adds ON partner_certificate FOR INSERT WITH CHECK (tenant_id = current_tenant());
CREATE POLICY own_tenant_removes ON partner_certificate FOR DELETE USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, DELETE ON partner_certificate TO infirmary_app;

-- A message comes from a person or over an interface.
ALTER TABLE hl7_message ALTER COLUMN received_by_id DROP NOT NULL;
ALTER TABLE hl7_message ADD COLUMN partner_id uuid;
ALTER TABLE hl7_message ADD CHECK (received_by_id IS NOT NULL OR partner_id IS NOT NULL);
ALTER TABLE hl7_message ADD FOREIGN KEY (tenant_id, partner_id) REFERENCES partner (tenant_id, id);
CREATE INDEX ON hl7_message (tenant_id, partner_id, received_at DESC) WHERE partner_id IS NOT NULL;

-- Values belong to their message, and through it to its order and its patient. A foreign key would ask for each of twenty values of each
-- message, three times, one row at a time: most of what filing cost. This asks once for each message of a statement. It is as good as a
-- key because messages are append-only: what is there when a value is filed stays there. Written as a look-up by the primary key, and
-- without sequential scans, so that a plan made while the table was empty serves when it is full.
CREATE FUNCTION observation_has_message() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
  astray uuid;
BEGIN
  SELECT f.message_id INTO astray FROM (SELECT DISTINCT tenant_id, message_id, order_id, patient_id FROM filed) f
   WHERE (SELECT m.order_id = f.order_id AND m.patient_id = f.patient_id FROM hl7_message m WHERE m.tenant_id = f.tenant_id AND m.id = f.message_id) IS NOT TRUE
   LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'observation of a message that is not of its tenant, order and patient' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER has_message AFTER INSERT ON observation REFERENCING NEW TABLE AS filed FOR EACH STATEMENT EXECUTE FUNCTION observation_has_message();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON hl7_message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE observation DROP CONSTRAINT observation_tenant_id_order_id_fkey;
ALTER TABLE observation DROP CONSTRAINT observation_tenant_id_patient_id_fkey;
ALTER TABLE observation DROP CONSTRAINT observation_tenant_id_message_id_fkey;
