-- The role of this database in the migration of its library to another database, under the names that the code and the documentation use. Until V170 the
-- table was named whereabouts. Servers and commands read it before this migration has run, so the code knows both names.
CREATE TABLE database_state (
    one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    -- the id of the library, the same in both databases
    library      TEXT    NOT NULL,
    -- active, receiving (rows are being copied to it) or moved (read-only)
    state        TEXT    NOT NULL,
    -- the new database of a moved library, for users and without secrets
    moved_to     TEXT    NOT NULL,
    -- statements that restore the schema after the last row has been copied, one per line
    deferred_ddl TEXT    NOT NULL
);
INSERT INTO database_state (one, library, state, moved_to, deferred_ddl)
SELECT one, library, CASE state WHEN 'here' THEN 'active' WHEN 'arriving' THEN 'receiving' WHEN 'gone' THEN 'moved' ELSE state END, place, put_off
  FROM whereabouts;
DROP TABLE whereabouts;
