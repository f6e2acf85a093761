-- Who changed what. Rows are never changed: each has the hash of the row before, and its own. Only the oldest are deleted, after their retention.
CREATE TABLE audit_entry (
    sequence      BIGINT NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    caller        TEXT,
    caller_name   TEXT,
    address       TEXT,
    request_id    TEXT,
    action        TEXT   NOT NULL,
    subject_kind  TEXT,
    subject_id    TEXT,
    outcome       TEXT   NOT NULL,
    details       TEXT   NOT NULL,
    previous_hash TEXT   NOT NULL,
    hash          TEXT   NOT NULL
);

CREATE INDEX audit_entry_action ON audit_entry (action, sequence);
CREATE INDEX audit_entry_caller ON audit_entry (caller, sequence);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- The end of the chain, which every new entry locks; and the last entry that was deleted, with which the chain begins. One row.
CREATE TABLE audit_head (
    id              INTEGER NOT NULL PRIMARY KEY,
    sequence        BIGINT  NOT NULL,
    hash            TEXT    NOT NULL,
    anchor_sequence BIGINT  NOT NULL,
    anchor_hash     TEXT    NOT NULL
);

INSERT INTO audit_head (id, sequence, hash, anchor_sequence, anchor_hash) VALUES
    (1, 0, '0000000000000000000000000000000000000000000000000000000000000000',
     0, '0000000000000000000000000000000000000000000000000000000000000000');
