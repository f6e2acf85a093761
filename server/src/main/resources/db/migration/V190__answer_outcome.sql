-- How an answer ended, for queries and statistics; until now only in the JSON of the column "answer". Filled in for older answers while the program runs.
ALTER TABLE message ADD COLUMN answer_status TEXT;
ALTER TABLE message ADD COLUMN answer_reason TEXT;
ALTER TABLE message ADD COLUMN answer_model TEXT;

CREATE INDEX message_without_outcome ON message (id) WHERE role = 'answer' AND status <> 'generating' AND answer_status IS NULL;
