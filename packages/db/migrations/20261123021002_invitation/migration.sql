-- A person who was invited has no password until they chose one: nothing fits it.
ALTER TABLE user_account ALTER COLUMN password_hash DROP NOT NULL;
