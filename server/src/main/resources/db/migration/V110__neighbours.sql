-- Which nodes cannot live beside others: folder names a node's data folder, which one process at a time has open; own is what it keeps there and no
-- other node finds, empty when nothing.
ALTER TABLE node ADD COLUMN folder TEXT NOT NULL DEFAULT '';
ALTER TABLE node ADD COLUMN own TEXT NOT NULL DEFAULT '';
