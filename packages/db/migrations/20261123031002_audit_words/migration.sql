-- What a person wrote beside a deed can name a patient: it is sealed, and the entry's hash covers a salted hash of it. So the log can be
-- checked without opening it, keys can change, and a tenant's words can be made unreadable without breaking the chain.
ALTER TABLE audit_entry ADD COLUMN words_sealed bytea, ADD COLUMN words_hash bytea;
