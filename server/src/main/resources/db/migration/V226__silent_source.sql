-- What of a source has not answered since when (milliseconds since 1970); path null: the source as a whole.
ALTER TABLE source ADD COLUMN not_responding_since BIGINT;
ALTER TABLE source ADD COLUMN not_responding_path TEXT;
