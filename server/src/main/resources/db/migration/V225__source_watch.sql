-- How the node that watches a source notices its changes: events, polling or none; null while no node watches it. The reason says why there are no events, and
-- the operator can do something about it when watch_degraded is 1. The interval is the longest time between two scans, in milliseconds.
ALTER TABLE source ADD COLUMN watch_mode TEXT;
ALTER TABLE source ADD COLUMN watch_reason TEXT;
ALTER TABLE source ADD COLUMN watch_interval BIGINT;
ALTER TABLE source ADD COLUMN watch_degraded INTEGER NOT NULL DEFAULT 0;
