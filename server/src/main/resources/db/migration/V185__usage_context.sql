-- Whom a model was called for, and what an entry stands for: one call, or the calls of a job that were computed in this process.
ALTER TABLE usage_entries ADD COLUMN conversation TEXT;
ALTER TABLE usage_entries ADD COLUMN job TEXT;
ALTER TABLE usage_entries ADD COLUMN calls INTEGER NOT NULL DEFAULT 1;
ALTER TABLE usage_entries ADD COLUMN texts BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_entries ADD COLUMN estimated INTEGER NOT NULL DEFAULT 0;
