-- What a document says about itself, from its present version: author, created, keys of its front matter, and so on. The same value is stored in every form
-- that filters compare: folded is without case, of at most 200 characters; day is the day since 1970 that the value names, at its own place; at is that time
-- in milliseconds since 1970; amount is the number, as the bits of a double in an order that integers have. Null where the value is no date or number.
CREATE TABLE document_metadata (
    document   TEXT    NOT NULL,
    key        TEXT    NOT NULL,
    ordinal    INTEGER NOT NULL,
    collection TEXT    NOT NULL,
    value      TEXT    NOT NULL,
    folded     TEXT    NOT NULL,
    day        BIGINT,
    at         BIGINT,
    amount     BIGINT,
    PRIMARY KEY (document, key, ordinal)
);

CREATE INDEX document_metadata_value ON document_metadata (collection, key, folded);

-- What people set. Reading a document again does not change it.
CREATE TABLE document_tag (
    document   TEXT NOT NULL,
    folded     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    collection TEXT NOT NULL,
    PRIMARY KEY (document, folded)
);

CREATE INDEX document_tag_value ON document_tag (collection, folded);

-- Tags of all documents that have a location in the source.
CREATE TABLE source_tag (
    source     TEXT NOT NULL,
    folded     TEXT NOT NULL,
    tag        TEXT NOT NULL,
    collection TEXT NOT NULL,
    PRIMARY KEY (source, folded)
);

CREATE INDEX source_tag_value ON source_tag (collection, folded);

-- Of the present version: the language of the text (ISO 639-1), and when its file was changed, in milliseconds since 1970. Null of versions that an earlier
-- release committed, and where they are not known.
ALTER TABLE document ADD COLUMN language TEXT;
ALTER TABLE document ADD COLUMN file_modified_at BIGINT;
