-- 1 while the index is being deleted: no node opens it any more, and each closes what it has open of it.
ALTER TABLE embedder ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;
