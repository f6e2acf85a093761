-- Several nodes on one database: who lives, whose the work is, and what two of them must not do at once.

-- A node that ends takes its row away; one that shows no sign of life until alive_until loses it to another. What a node without a row owned is
-- nobody's. Times are epoch milliseconds of the database's clock.
CREATE TABLE node (
    id          TEXT   NOT NULL PRIMARY KEY,
    started_at  BIGINT NOT NULL,
    alive_until BIGINT NOT NULL
);

-- Work belongs to a node as long as that lives, so it needs no time of its own.
ALTER TABLE task DROP COLUMN lease_until;
ALTER TABLE job DROP COLUMN lease_until;
UPDATE task SET status = 'queued', owner = NULL WHERE status = 'running';

-- A document is worked on once at a time, whoever wants to.
CREATE UNIQUE INDEX task_running ON task (document) WHERE status = 'running';

-- The node that watches the folder.
ALTER TABLE source ADD COLUMN watcher TEXT;

-- The node that will carry the entry out or cross it out.
ALTER TABLE index_outbox ADD COLUMN owner TEXT;

-- The newest version that was ever begun: no other attempt gets its number again.
ALTER TABLE document ADD COLUMN announced INTEGER NOT NULL DEFAULT 0;
UPDATE document SET announced = COALESCE(
    (SELECT MAX(o.version) FROM index_outbox o
      WHERE o.kind = 'version' AND o.target = document.id AND o.version > document.version),
    version);

-- The node that writes the answer.
ALTER TABLE message ADD COLUMN owner TEXT;

-- Answers of requests that still run, for the takeover of those of dead nodes.
CREATE INDEX idempotency_keys_running ON idempotency_keys (owner) WHERE status = 0;

-- For the list of a collection's jobs.
CREATE INDEX job_collection ON job (collection, id);

-- For the counts by status and for pages with one.
CREATE INDEX document_status ON document (collection, status, id);

-- What the node that writes an answer and its readers at other nodes tell each other while it is written.
CREATE TABLE answer_stream (
    message  TEXT    NOT NULL PRIMARY KEY,
    -- what was found, as JSON without its text
    passages TEXT,
    -- of life, of all its readers
    signs    BIGINT  NOT NULL,
    stopped  INTEGER NOT NULL
);

-- Originals that a node has stored and that have no document yet: nobody deletes them while it lives.
CREATE TABLE original_hold (
    hash  TEXT    NOT NULL,
    owner TEXT    NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (hash, owner)
);
