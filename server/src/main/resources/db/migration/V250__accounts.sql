-- People who sign in. name is what they sign in with, folded: lower case, normalised. Without a password only an identity provider signs them in.
CREATE TABLE user_account (
    id              TEXT    NOT NULL PRIMARY KEY,
    name            TEXT    NOT NULL UNIQUE,
    display_name    TEXT    NOT NULL,
    email           TEXT,
    email_verified  INTEGER NOT NULL DEFAULT 0,
    role            TEXT    NOT NULL,
    password        TEXT,
    password_set_at BIGINT,
    second_factor   TEXT,
    disabled_at     BIGINT,
    created_at      BIGINT  NOT NULL,
    signed_in_at    BIGINT,
    version         BIGINT  NOT NULL DEFAULT 0
);

-- Codes that replace the second factor, each once; only their hashes.
CREATE TABLE recovery_code (
    user_account TEXT NOT NULL REFERENCES user_account (id),
    hash         TEXT NOT NULL,
    PRIMARY KEY (user_account, hash)
);

-- Who an identity provider says that somebody is. The subject is unique for one issuer only.
CREATE TABLE user_identity (
    issuer       TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    user_account TEXT   NOT NULL REFERENCES user_account (id),
    created_at   BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);

CREATE INDEX user_identity_account ON user_identity (user_account);

CREATE TABLE user_group (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL UNIQUE,
    display_name TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    version      BIGINT NOT NULL DEFAULT 0
);

-- origin: 'local', or the issuer that says so and may take it back.
CREATE TABLE group_member (
    user_group   TEXT NOT NULL REFERENCES user_group (id),
    user_account TEXT NOT NULL REFERENCES user_account (id),
    origin       TEXT NOT NULL,
    PRIMARY KEY (user_group, user_account, origin)
);

CREATE INDEX group_member_account ON group_member (user_account);

-- Collections whose access somebody has set; others have the access of the mode.
CREATE TABLE collection_access (
    collection TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL DEFAULT 0
);

-- grantee_kind: everyone, signed_in (both with an empty grantee), user, group.
CREATE TABLE collection_grant (
    collection   TEXT NOT NULL,
    grantee_kind TEXT NOT NULL,
    grantee      TEXT NOT NULL,
    permission   TEXT NOT NULL,
    PRIMARY KEY (collection, grantee_kind, grantee)
);

-- Counts the changes of accounts and access, so that each node notices those of the others.
CREATE TABLE access_revision (
    id       INTEGER NOT NULL PRIMARY KEY,
    revision BIGINT  NOT NULL
);

INSERT INTO access_revision (id, revision) VALUES (1, 0);

-- Keys of programs. A key has one secret, or two while it is exchanged. Of a secret only the hash is kept.
CREATE TABLE api_key (
    id           TEXT   NOT NULL PRIMARY KEY,
    name         TEXT   NOT NULL,
    owner        TEXT REFERENCES user_account (id),
    scopes       TEXT   NOT NULL,
    collections  TEXT,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    revoked_at   BIGINT,
    last_used_at BIGINT,
    version      BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE api_key_secret (
    hash       TEXT   NOT NULL PRIMARY KEY,
    api_key    TEXT   NOT NULL REFERENCES api_key (id),
    hint       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);

CREATE INDEX api_key_secret_key ON api_key_secret (api_key);

-- Links that work once: for the first administrator, or for a new password. Only their hashes.
CREATE TABLE one_time_link (
    hash         TEXT   NOT NULL PRIMARY KEY,
    purpose      TEXT   NOT NULL,
    user_account TEXT REFERENCES user_account (id),
    expires_at   BIGINT NOT NULL
);
