-- Where a login name has signed in from, hashed: guesses from elsewhere do not count against who sits there. Before the tenant is known.
CREATE TABLE known_place (
  name_hash bytea NOT NULL,
  subject bytea NOT NULL,
  last_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name_hash, subject)
);
CREATE INDEX ON known_place (last_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON known_place TO infirmary_app;
