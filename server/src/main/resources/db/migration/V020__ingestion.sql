-- How documents get in. Times are epoch milliseconds, booleans 0 or 1.

CREATE TABLE source (
    id         TEXT PRIMARY KEY,
    collection TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    path       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    scanned_at BIGINT,
    reason     TEXT
);

CREATE UNIQUE INDEX source_path ON source (collection, kind, path);

-- scanned is 1 when every task of the job is known.
CREATE TABLE job (
    id          TEXT PRIMARY KEY,
    collection  TEXT    NOT NULL,
    source      TEXT,
    status      TEXT    NOT NULL,
    reason_code TEXT,
    reason      TEXT,
    scanned     INTEGER NOT NULL,
    confirmed   INTEGER NOT NULL,
    automatic   INTEGER NOT NULL,
    owner       TEXT,
    lease_until BIGINT,
    created_at  BIGINT  NOT NULL,
    started_at  BIGINT,
    finished_at BIGINT
);

CREATE INDEX job_status ON job (status, id);
CREATE INDEX job_source ON job (source);

-- One document of a job. Who works on it has it until lease_until; attempts counts failures, not kills.
CREATE TABLE task (
    id          TEXT PRIMARY KEY,
    job         TEXT    NOT NULL REFERENCES job (id),
    document    TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    not_before  BIGINT  NOT NULL,
    owner       TEXT,
    lease_until BIGINT,
    bytes       BIGINT  NOT NULL,
    passages    INTEGER NOT NULL,
    reason      TEXT
);

CREATE INDEX task_queue ON task (status, priority, not_before, id);
CREATE INDEX task_job ON task (job, status);
CREATE INDEX task_document ON task (document, status);
