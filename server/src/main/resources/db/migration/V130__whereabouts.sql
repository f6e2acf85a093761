-- Where this database stands in a move of its library to another one. No row: it was never moved. library names what is moved, the same wherever it is.
CREATE TABLE whereabouts (
    one      INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    library  TEXT    NOT NULL,
    -- here; arriving: being filled; gone: closed, as it has gone to place
    state    TEXT    NOT NULL,
    -- for people, without secrets
    place    TEXT    NOT NULL,
    -- statements that were put off until it has arrived, by lines
    put_off  TEXT    NOT NULL
);
