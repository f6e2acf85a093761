-- A node that does not claim tasks, because a service that its work needs is away (embedder, index, originals or database). One row for each such node.
CREATE TABLE queue_pause (
    node    TEXT   NOT NULL PRIMARY KEY,
    service TEXT   NOT NULL,
    code    TEXT   NOT NULL,
    reason  TEXT   NOT NULL,
    since   BIGINT NOT NULL
);
