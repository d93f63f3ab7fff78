-- Names folded for sorting: last name, two blanks, first name. Two, so that "smith  john" sorts before "smith jones  anna".
-- Byte order throughout: it is what the ranges of a prefix search are made of, whatever the locale of the database.
ALTER TABLE patient ADD COLUMN sort_name text COLLATE "C" NOT NULL;
DROP INDEX patient_tenant_id_last_name_first_name_id_idx;
CREATE INDEX ON patient (tenant_id, sort_name, id) WHERE deleted_at IS NULL;

-- One row for each folded word of a living patient's name. The key alone answers a search, in the order it is shown:
-- one walk of the index, no heap, no sort. Equality and ranges of text are leakproof, so row-level security keeps the index.
CREATE TABLE patient_name (
  tenant_id uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  sort_name text COLLATE "C" NOT NULL,
  patient_id uuid NOT NULL,
  -- All words of the name in ascending order, each between blanks: ' ann smith '.
  words text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, word, sort_name, patient_id) INCLUDE (words),
  FOREIGN KEY (tenant_id, patient_id) REFERENCES patient (tenant_id, id)
);
CREATE INDEX ON patient_name (tenant_id, patient_id);
SELECT protect_tenant_table('patient_name');
GRANT SELECT, INSERT, DELETE ON patient_name TO infirmary_app;

-- The dictionary of words ever used in names, under each spelling that leads to them: the word itself, the word less one
-- letter, and '~' with its sound. A misspelt word shares one of these with the right one, so finding it is equality.
CREATE TABLE patient_name_variant (
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  variant text COLLATE "C" NOT NULL,
  word text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, variant, word)
);
SELECT protect_tenant_table('patient_name_variant');
GRANT SELECT, INSERT ON patient_name_variant TO infirmary_app;
