-- For how many days conversations that ask this collection are kept after their last question; null: as long as the installation keeps them.
ALTER TABLE collection ADD COLUMN conversations_kept_days INTEGER;

CREATE INDEX conversation_age ON conversation (updated_at, id);

-- When a node last began to delete expired conversations, and how many are deleted but not yet in the audit log. One row.
CREATE TABLE conversation_cleanup (
    id         INTEGER NOT NULL PRIMARY KEY,
    started_at BIGINT  NOT NULL,
    unrecorded BIGINT  NOT NULL
);

INSERT INTO conversation_cleanup (id, started_at, unrecorded) VALUES (1, 0, 0);
