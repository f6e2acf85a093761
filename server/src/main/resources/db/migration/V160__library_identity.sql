-- Which library this is, for what is kept elsewhere and may be shared with other libraries: random, made with the tables, and the same wherever the
-- library is moved.
CREATE TABLE library_identity (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id  TEXT    NOT NULL
);
INSERT INTO library_identity (one, id) VALUES (1, '${random}');
