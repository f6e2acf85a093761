-- Settings that were changed while the program ran, by the names of their variables. A value is null after it was set back to the default.
CREATE TABLE runtime_setting (
    name       TEXT   NOT NULL PRIMARY KEY,
    value      TEXT,
    version    BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by TEXT   NOT NULL
);

-- A number that rises with every change of them, which each node looks at. One row.
CREATE TABLE runtime_setting_revision (
    id       INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT  NOT NULL
);

INSERT INTO runtime_setting_revision (id, revision) VALUES (1, 0);
