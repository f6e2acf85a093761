-- How far the work on a document is. The first two are 0 until the document has been split into passages; an attempt that begins sets progress_at to NULL.
ALTER TABLE task ADD COLUMN passages_total INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN passages_embedded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN passages_per_hour BIGINT NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN progress_at BIGINT;

-- 1 for documents that take long, of which a node has only some at work, so that the others need not wait.
ALTER TABLE task ADD COLUMN large INTEGER NOT NULL DEFAULT 0;

UPDATE task SET large = 1 WHERE bytes >= 8388608 AND status = 'queued';

CREATE INDEX task_lane ON task (status, priority, large, turn, id);
