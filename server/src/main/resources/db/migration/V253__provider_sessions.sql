-- Sessions that an identity provider has begun, and may end. refresh_token is encrypted; null when the provider gave none.
CREATE TABLE provider_session (
    session_id    TEXT   NOT NULL PRIMARY KEY,
    issuer        TEXT   NOT NULL,
    subject       TEXT   NOT NULL,
    provider_sid  TEXT,
    user_account  TEXT   NOT NULL,
    refresh_token TEXT,
    refreshed_at  BIGINT NOT NULL
);

CREATE INDEX provider_session_subject ON provider_session (issuer, subject);
CREATE INDEX provider_session_sid ON provider_session (issuer, provider_sid);

-- Logout tokens that were carried out, until they expire: each works once.
CREATE TABLE logout_token (
    issuer     TEXT   NOT NULL,
    jti        TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, jti)
);
