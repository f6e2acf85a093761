-- What the last complete listing of a source found that was not taken in, or not as it is. The first ones of each kind by path are stored, and how many
-- there are of each kind. The number is the place in the order of the paths: paths are too long for a key of PostgreSQL.
CREATE TABLE source_finding (
    source TEXT    NOT NULL,
    kind   TEXT    NOT NULL,
    number INTEGER NOT NULL,
    path   TEXT    NOT NULL,
    reason TEXT    NOT NULL,
    PRIMARY KEY (source, kind, number)
);

CREATE TABLE source_finding_count (
    source TEXT   NOT NULL,
    kind   TEXT   NOT NULL,
    total  BIGINT NOT NULL,
    PRIMARY KEY (source, kind)
);

-- Why the last scan failed, for machines; the reason beside it is for people.
ALTER TABLE source ADD COLUMN reason_code TEXT;

-- 1 when the scan reads the bytes of all items, also of those whose size and times are unchanged.
ALTER TABLE job ADD COLUMN compare_contents INTEGER NOT NULL DEFAULT 0;
