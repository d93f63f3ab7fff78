-- What each process did in each minute: enough to draw the load of a week without another system. It names no tenant and no person.
CREATE TABLE process_minute (
  minute timestamptz NOT NULL,
  process text NOT NULL CHECK (process IN ('api', 'worker', 'mllp')),
  instance uuid NOT NULL,
  started_at timestamptz NOT NULL,
  version text NOT NULL CHECK (length(version) <= 40),
  calls integer NOT NULL CHECK (calls >= 0),
  failures integer NOT NULL CHECK (failures BETWEEN 0 AND calls),
  p50_ms real,
  p95_ms real,
  cpu_percent real NOT NULL,
  memory_mib real NOT NULL,
  loop_delay_ms real NOT NULL,
  PRIMARY KEY (minute, process, instance)
);
GRANT SELECT, INSERT, DELETE ON process_minute TO infirmary_app;
COMMENT ON TABLE process_minute IS 'Load of the processes by the minute, kept for a week; written by each process about itself.';
