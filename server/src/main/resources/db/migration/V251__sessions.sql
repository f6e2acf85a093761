-- Sessions of people who have signed in, as Spring Session has them. session_id is the hash of what the browser has; principal_name is the id of the account.
CREATE TABLE user_session (
    primary_id            TEXT    NOT NULL PRIMARY KEY,
    session_id            TEXT    NOT NULL,
    creation_time         BIGINT  NOT NULL,
    last_access_time      BIGINT  NOT NULL,
    max_inactive_interval INTEGER NOT NULL,
    expiry_time           BIGINT  NOT NULL,
    principal_name        TEXT
);

CREATE UNIQUE INDEX user_session_session_id ON user_session (session_id);

CREATE INDEX user_session_expiry_time ON user_session (expiry_time);

CREATE INDEX user_session_creation_time ON user_session (creation_time);

CREATE INDEX user_session_principal_name ON user_session (principal_name);

CREATE TABLE user_session_attributes (
    session_primary_id TEXT  NOT NULL,
    attribute_name     TEXT  NOT NULL,
    attribute_bytes    BYTEA NOT NULL,
    PRIMARY KEY (session_primary_id, attribute_name)
);
