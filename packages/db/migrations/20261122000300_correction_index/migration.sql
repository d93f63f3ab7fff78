-- Two corrections of the same value cannot both win. Only corrections stand in the index: first versions, nearly all rows, were
-- equal entries that every filing of every client wrote to the same page.
ALTER TABLE observation DROP CONSTRAINT observation_tenant_id_supersedes_id_key;
CREATE UNIQUE INDEX observation_superseded_once ON observation (tenant_id, supersedes_id) WHERE supersedes_id IS NOT NULL;
