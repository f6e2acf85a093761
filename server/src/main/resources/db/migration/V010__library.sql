-- What is there. Times are epoch milliseconds, booleans 0 or 1, lists are lines.

CREATE TABLE embedder (
    id              TEXT PRIMARY KEY,
    model           TEXT    NOT NULL,
    dimensions      INTEGER NOT NULL,
    question_prefix TEXT    NOT NULL,
    passage_prefix  TEXT    NOT NULL,
    pooling         TEXT    NOT NULL,
    normalised      INTEGER NOT NULL
);

CREATE TABLE collection (
    id         TEXT PRIMARY KEY,
    name       TEXT   NOT NULL,
    embedder   TEXT REFERENCES embedder (id),
    generation BIGINT NOT NULL,
    created_at BIGINT
);

INSERT INTO collection (id, name, generation) VALUES ('default', 'Documents', 0);

-- hash is of the newest bytes that were handed in, present_hash of those whose text is shown; attempted_hash, pipeline and
-- embedder say what the last finished attempt was made of, so that nothing is tried again before one of them changes.
CREATE TABLE document (
    id             TEXT PRIMARY KEY,
    collection     TEXT    NOT NULL REFERENCES collection (id),
    title          TEXT    NOT NULL,
    uri            TEXT    NOT NULL,
    status         TEXT    NOT NULL,
    reason_code    TEXT,
    reason         TEXT,
    version        INTEGER NOT NULL,
    passages       INTEGER NOT NULL,
    media_type     TEXT,
    plain          INTEGER NOT NULL,
    hash           TEXT    NOT NULL,
    bytes          BIGINT  NOT NULL,
    present_hash   TEXT,
    attempted_hash TEXT,
    pipeline       TEXT,
    embedder       TEXT,
    created_at     BIGINT  NOT NULL,
    updated_at     BIGINT  NOT NULL
);

-- Equal bytes within a collection are one document, whoever hands them in at the same time.
CREATE UNIQUE INDEX document_bytes ON document (collection, hash);
CREATE INDEX document_list ON document (collection, id);
CREATE INDEX document_hash ON document (hash);
CREATE INDEX document_present_hash ON document (present_hash);

-- A location without a document was deleted by a person: it stays away until its bytes change.
CREATE TABLE location (
    source      TEXT   NOT NULL,
    path        TEXT   NOT NULL,
    collection  TEXT   NOT NULL,
    document    TEXT REFERENCES document (id),
    uri         TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    bytes       BIGINT NOT NULL,
    modified_at BIGINT NOT NULL,
    PRIMARY KEY (source, path)
);

CREATE INDEX location_document ON location (document);
CREATE INDEX location_collection ON location (collection);

CREATE TABLE document_text (
    document TEXT PRIMARY KEY REFERENCES document (id),
    body     TEXT NOT NULL,
    headings TEXT NOT NULL,
    pages    TEXT NOT NULL
);

-- Only of the present version: an index hit that is not here is stale.
CREATE TABLE passage (
    id         TEXT PRIMARY KEY,
    document   TEXT    NOT NULL REFERENCES document (id),
    version    INTEGER NOT NULL,
    ordinal    INTEGER NOT NULL,
    language   TEXT    NOT NULL,
    headings   TEXT    NOT NULL,
    page       INTEGER,
    start_at   INTEGER NOT NULL,
    end_at     INTEGER NOT NULL,
    body       TEXT    NOT NULL,
    embedding  TEXT    NOT NULL
);

CREATE INDEX passage_document ON passage (document, ordinal);
CREATE INDEX passage_embedding ON passage (embedding);

-- Little-endian 32-bit floats by what was embedded, so that the same content costs no second embedding.
CREATE TABLE embedding (
    embedder TEXT  NOT NULL,
    hash     TEXT  NOT NULL,
    vector   BYTEA NOT NULL,
    PRIMARY KEY (embedder, hash)
);

-- What must not be in the index any more (kind collection, document, versions_before or version), written with the change that makes it so.
CREATE TABLE index_outbox (
    id         TEXT PRIMARY KEY,
    embedder   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    target     TEXT NOT NULL,
    version    INTEGER NOT NULL
);

-- Originals that lost a reference and go when nothing refers to them.
CREATE TABLE original_outbox (
    hash TEXT PRIMARY KEY
);
