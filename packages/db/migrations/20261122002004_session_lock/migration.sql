-- A screen nobody sits at locks itself. last_active_at is the last request a person caused; locked_at is set by "Lock now".
ALTER TABLE session ADD COLUMN last_active_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE session ADD COLUMN locked_at timestamptz;
ALTER TABLE sign_in_policy ADD COLUMN idle_lock_minutes int NOT NULL DEFAULT 15 CHECK (idle_lock_minutes BETWEEN 1 AND 60);
