-- Since when the newest bytes of a document could not be read while an earlier version is shown. Null while the present version is of the newest bytes.
ALTER TABLE document ADD COLUMN stale_since BIGINT;
-- Where the title came from: content, stem or file_name. Null of versions that were committed before this column existed.
ALTER TABLE document ADD COLUMN title_source TEXT;
-- The first version that had the text of the version text_checked. Another present version than text_checked was committed by an earlier release.
ALTER TABLE document ADD COLUMN text_version INTEGER;
ALTER TABLE document ADD COLUMN text_checked INTEGER;

CREATE INDEX document_stale ON document (collection) WHERE stale_since IS NOT NULL;

UPDATE document SET stale_since = updated_at
  WHERE status = 'failed' AND version > 0 AND (hash <> present_hash OR reason_code = 'unreadable');

-- Cached answers lack the warnings.
UPDATE collection SET generation = generation + 1 WHERE id IN (SELECT collection FROM document WHERE stale_since IS NOT NULL);
