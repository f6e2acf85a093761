-- Every call of a model: what it was for, what it used, how it ended. Cost stays null until there are prices.
CREATE TABLE usage_entries (
    id            TEXT   NOT NULL PRIMARY KEY,
    at            BIGINT NOT NULL,
    model         TEXT   NOT NULL,
    purpose       TEXT   NOT NULL,
    input_tokens  BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    outcome       TEXT   NOT NULL,
    millis        BIGINT NOT NULL,
    cost_micros   BIGINT,
    caller        TEXT
);
CREATE INDEX usage_entries_at ON usage_entries (at);
