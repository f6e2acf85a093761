-- Keys that sign what callers bring back, one for each use.
CREATE TABLE signing_keys (
    name       TEXT   NOT NULL PRIMARY KEY,
    secret     TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
