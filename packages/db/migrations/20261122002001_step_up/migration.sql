-- When the person last proved who they are in this session. Sessions that are open now have to do it again before a sensitive step.
ALTER TABLE session ADD COLUMN authenticated_at timestamptz NOT NULL DEFAULT 'epoch';
ALTER TABLE session ALTER COLUMN authenticated_at SET DEFAULT now();
