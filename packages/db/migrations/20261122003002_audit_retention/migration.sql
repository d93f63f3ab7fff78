-- A month of the log that was exported with its proofs, and where to. Of all tenants: a partition holds them all.
CREATE TABLE audit_archive (
  month date PRIMARY KEY CHECK (month = date_trunc('month', month)::date),
  file text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  entries bigint NOT NULL,
  key_id text NOT NULL,
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  archived_at timestamptz NOT NULL DEFAULT now(),
  dropped_at timestamptz
);
GRANT SELECT, INSERT ON audit_archive TO infirmary_app;

-- Keeps days of the log from being deleted while a question about them is open (a lawsuit, an inquiry).
CREATE TABLE audit_hold (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  id uuid NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day >= from_day),
  reason text NOT NULL,
  placed_by_id uuid NOT NULL,
  placed_at timestamptz NOT NULL DEFAULT now(),
  released_by_id uuid,
  released_at timestamptz,
  release_reason text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, placed_by_id) REFERENCES user_account (tenant_id, id),
  FOREIGN KEY (tenant_id, released_by_id) REFERENCES user_account (tenant_id, id),
  CHECK ((released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (release_reason IS NULL))
);
SELECT protect_tenant_table('audit_hold');
GRANT SELECT, INSERT ON audit_hold TO infirmary_app;
GRANT UPDATE (released_by_id, released_at, release_reason) ON audit_hold TO infirmary_app;

-- What the index of patients shown holds of a dropped month goes with it: the owner's function below may delete, the application still may not.
DROP TRIGGER append_only ON audit_shown;
CREATE TRIGGER append_only BEFORE UPDATE ON audit_shown FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE INDEX ON audit_shown USING brin (at);

-- The months whose every day is older than seven years.
CREATE FUNCTION expired_audit_months(today date) RETURNS SETOF date LANGUAGE sql STABLE AS $$
  SELECT to_date(right(c.relname, 7), 'YYYY_MM') FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
   WHERE i.inhparent = 'audit_entry'::regclass AND c.relname ~ '^audit_entry_\d{4}_\d{2}$'
     AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month')::date <= (today - interval '7 years')::date
   ORDER BY 1
$$;
REVOKE EXECUTE ON FUNCTION expired_audit_months(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expired_audit_months(date) TO infirmary_app;

-- Whether a hold of any tenant touches the month. Each tenant is asked in its own scope.
CREATE FUNCTION audit_month_is_held(month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  one uuid;
  before text := current_setting('app.tenant_id', true);
  held boolean := false;
BEGIN
  FOR one IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', one::text, true);
    IF EXISTS (SELECT FROM audit_hold h WHERE h.tenant_id = one AND h.released_at IS NULL
                AND h.from_day < (month + interval '1 month')::date + 1 AND h.to_day >= month - 1) THEN held := true; EXIT; END IF;
  END LOOP;
  PERFORM set_config('app.tenant_id', coalesce(before, ''), true);
  RETURN held;
END $$;

-- Drops a month's partition, if it is over for seven years, exported and not held. Runs as its owner because only owners drop tables; it
-- counts years by the database's clock, so that nobody's clock but the server's can hurry it.
CREATE FUNCTION drop_audit_month(target date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  name text := 'audit_entry_' || to_char(target, 'YYYY_MM');
  one uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM expired_audit_months((now() AT TIME ZONE 'UTC')::date) m WHERE m = target) THEN
    RAISE EXCEPTION 'the month % is not expired', target USING ERRCODE = 'restrict_violation'; END IF;
  IF NOT EXISTS (SELECT FROM audit_archive WHERE month = target) THEN
    RAISE EXCEPTION 'the month % is not archived', target USING ERRCODE = 'restrict_violation'; END IF;
  IF audit_month_is_held(target) THEN
    RAISE EXCEPTION 'the month % is held', target USING ERRCODE = 'restrict_violation'; END IF;
  EXECUTE format('DROP TABLE %I', name);
  FOR one IN SELECT id FROM tenant LOOP
    PERFORM set_config('app.tenant_id', one::text, true);
    DELETE FROM audit_shown WHERE tenant_id = one AND at >= target::timestamp AT TIME ZONE 'UTC' AND at < (target + interval '1 month')::timestamp AT TIME ZONE 'UTC';
  END LOOP;
  UPDATE audit_archive SET dropped_at = now() WHERE month = target;
END $$;
REVOKE EXECUTE ON FUNCTION drop_audit_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_audit_month(date) TO infirmary_app;
