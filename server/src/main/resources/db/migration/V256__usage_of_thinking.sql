-- The model that the service says it used, where it says so, and the part of the output that the model thought with.
ALTER TABLE usage_entries ADD COLUMN answering_model TEXT;
ALTER TABLE usage_entries ADD COLUMN thinking_tokens BIGINT NOT NULL DEFAULT 0;
