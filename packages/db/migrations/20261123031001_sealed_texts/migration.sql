-- Free text can name a person: it is sealed. What stands in the readable columns is moved into the sealed ones at the next start (`keys
-- settle`); from then on they stay empty.
ALTER TABLE service_order ADD COLUMN notes_sealed bytea, ADD COLUMN cancel_reason_sealed bytea;

ALTER TABLE result_review ADD COLUMN comment_sealed bytea;

ALTER TABLE observation ADD COLUMN notes_sealed bytea;

ALTER TABLE break_glass
  ADD COLUMN reason_text_sealed bytea,
  ADD COLUMN review_comment_sealed bytea,
  ALTER COLUMN reason_text DROP NOT NULL,
  ADD CONSTRAINT break_glass_says_why CHECK (reason_text IS NOT NULL OR reason_text_sealed IS NOT NULL);
REVOKE UPDATE (review_comment) ON break_glass FROM infirmary_app;
GRANT UPDATE (review_comment_sealed) ON break_glass TO infirmary_app;

ALTER TABLE hl7_message ADD COLUMN file_name_sealed bytea;

ALTER TABLE unmatched_message ADD COLUMN file_name_sealed bytea, ADD COLUMN resolution_sealed bytea;
REVOKE UPDATE (resolution) ON unmatched_message FROM infirmary_app;
GRANT UPDATE (resolution_sealed) ON unmatched_message TO infirmary_app;

ALTER TABLE audit_hold
  ADD COLUMN reason_sealed bytea,
  ADD COLUMN release_reason_sealed bytea,
  ALTER COLUMN reason DROP NOT NULL,
  ADD CONSTRAINT audit_hold_says_why CHECK (reason IS NOT NULL OR reason_sealed IS NOT NULL);
DO $$
DECLARE old text;
BEGIN
  SELECT conname INTO STRICT old FROM pg_constraint
   WHERE conrelid = 'audit_hold'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%release_reason%';
  EXECUTE format('ALTER TABLE audit_hold DROP CONSTRAINT %I', old);
END $$;
ALTER TABLE audit_hold ADD CONSTRAINT audit_hold_release_says_why CHECK (
  (released_at IS NULL) = (released_by_id IS NULL)
  AND (released_at IS NULL) = (release_reason IS NULL AND release_reason_sealed IS NULL));
REVOKE UPDATE (release_reason) ON audit_hold FROM infirmary_app;
GRANT UPDATE (release_reason_sealed) ON audit_hold TO infirmary_app;
