-- How many calls a person or an organisation made in a window of time, over all API processes. Each adds what it counted a few times a second.
-- Counts are worth nothing after a crash: no log is written for them.
CREATE UNLOGGED TABLE call_count (
  subject text NOT NULL,
  window_seconds int NOT NULL,
  window_start bigint NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (subject, window_seconds, window_start)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON call_count TO infirmary_app;
