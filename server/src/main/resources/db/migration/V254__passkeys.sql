-- Public keys with which people sign in (WebAuthn). credential_id, in base64url, is what the authenticator calls the key;
-- signature_count is the last one that it has sent.
CREATE TABLE passkey (
    id                 TEXT    NOT NULL PRIMARY KEY,
    credential_id      TEXT    NOT NULL UNIQUE,
    user_account       TEXT    NOT NULL REFERENCES user_account (id),
    name               TEXT    NOT NULL,
    public_key         BYTEA   NOT NULL,
    attestation_object BYTEA   NOT NULL,
    transports         TEXT    NOT NULL,
    signature_count    BIGINT  NOT NULL,
    backup_eligible    INTEGER NOT NULL,
    backed_up          INTEGER NOT NULL,
    created_at         BIGINT  NOT NULL,
    last_used_at       BIGINT
);

CREATE INDEX passkey_account ON passkey (user_account);

-- What authenticators sign, each once. id is a hash of what the page has; session_id is the session that adds a passkey, and empty for a sign-in.
CREATE TABLE passkey_challenge (
    id         TEXT   NOT NULL PRIMARY KEY,
    challenge  TEXT   NOT NULL,
    session_id TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX passkey_challenge_expires_at ON passkey_challenge (expires_at);
