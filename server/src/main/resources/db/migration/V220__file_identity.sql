-- Which file a location is under any name, as its file system says, and when the file or its attributes changed. Null for locations of earlier versions and
-- for sources without files; a scan fills them in.
ALTER TABLE location ADD COLUMN device BIGINT;
ALTER TABLE location ADD COLUMN inode BIGINT;
ALTER TABLE location ADD COLUMN born_at BIGINT;
ALTER TABLE location ADD COLUMN changed_at BIGINT;

-- Since when the file has not been found, while it may only be away: its document stays until that is confirmed, or for the grace time.
ALTER TABLE location ADD COLUMN missing_since BIGINT;

CREATE INDEX location_missing ON location (source, path) WHERE missing_since IS NOT NULL;
