-- Moving a library to another embedder: the new one's index grows beside the old one's, and is switched to when it is complete.

-- How LECTERN_EMBEDDER names it, so that it can be opened again; null as long as that is how it is configured.
ALTER TABLE embedder ADD COLUMN name TEXT;

-- What an embedder reads before the text of a passage that begins below the names of its columns.
ALTER TABLE passage ADD COLUMN table_header TEXT;

-- One row: who shows documents has it shared, who switches has it alone. SQLite needs none of it.
CREATE TABLE embedder_lock (
    one INTEGER NOT NULL PRIMARY KEY
);
INSERT INTO embedder_lock (one) VALUES (1);

CREATE TABLE reembedding (
    id                TEXT    NOT NULL PRIMARY KEY,
    status            TEXT    NOT NULL,
    target            TEXT    NOT NULL,
    target_name       TEXT    NOT NULL,
    former            TEXT    NOT NULL,
    former_name       TEXT    NOT NULL,
    switch_when_ready INTEGER NOT NULL,
    reason            TEXT,
    -- different texts of the library, and how many of them have the target's embedding
    texts             BIGINT  NOT NULL,
    embedded          BIGINT  NOT NULL,
    -- the node that does the work
    owner             TEXT,
    created_at        BIGINT  NOT NULL,
    switched_at       BIGINT
);
