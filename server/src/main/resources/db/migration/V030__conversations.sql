-- Conversations and their messages. Times are milliseconds since 1970 UTC; "folded" texts are in lower case, for searching.
CREATE TABLE conversation (
    id           TEXT   NOT NULL PRIMARY KEY,
    owner        TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    folded_title TEXT   NOT NULL,
    -- ids of the collections to search, separated by spaces; empty means all that may be read
    collections  TEXT   NOT NULL,
    -- the last message of the present branch
    head         TEXT,
    created_at   BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL
);

CREATE INDEX conversation_newest ON conversation (owner, updated_at DESC, id DESC);

CREATE TABLE message (
    id              TEXT   NOT NULL PRIMARY KEY,
    conversation_id TEXT   NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    -- what it follows; questions that follow the same message are branches
    parent_id       TEXT,
    role            TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    created_at      BIGINT NOT NULL,
    -- of a question what was asked, of an answer what was written
    content         TEXT   NOT NULL,
    folded_question TEXT,
    -- the whole answer as it was given, as JSON
    answer          TEXT
);

CREATE INDEX message_following ON message (conversation_id, parent_id);

-- One turn at a time per conversation.
CREATE UNIQUE INDEX message_generating ON message (conversation_id) WHERE status = 'generating';

CREATE TABLE feedback (
    message_id TEXT   NOT NULL PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    rating     TEXT   NOT NULL,
    comment    TEXT,
    created_at BIGINT NOT NULL
);
