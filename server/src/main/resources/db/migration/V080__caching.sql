-- What the keys of this installation begin with in a Redis that others may use as well; one row, made by whoever needs it first. Whoever sets the
-- database back to an earlier state deletes it, so that nothing is read that was kept since.
CREATE TABLE cache_namespace (
    one  INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    name TEXT    NOT NULL
);
