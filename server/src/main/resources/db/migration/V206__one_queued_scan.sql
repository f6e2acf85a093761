-- A source has at most one queued scan. Version 0.2.0 could queue two when a node died, and then failed whenever it looked for the one.

-- The oldest of several queued scans is carried out, with the tasks and the confirmation of the others.
UPDATE task SET job = (SELECT MIN(kept.id) FROM job kept WHERE kept.status = 'queued'
    AND kept.source = (SELECT merged.source FROM job merged WHERE merged.id = task.job))
  WHERE job IN (SELECT merged.id FROM job merged WHERE merged.status = 'queued' AND merged.source IS NOT NULL AND EXISTS
    (SELECT 1 FROM job older WHERE older.source = merged.source AND older.status = 'queued' AND older.id < merged.id));
UPDATE job SET
    confirmed = (SELECT MAX(other.confirmed) FROM job other WHERE other.source = job.source AND other.status = 'queued'),
    automatic = (SELECT MIN(other.automatic) FROM job other WHERE other.source = job.source AND other.status = 'queued')
  WHERE status = 'queued' AND source IS NOT NULL AND EXISTS
    (SELECT 1 FROM job other WHERE other.source = job.source AND other.status = 'queued' AND other.id <> job.id);
UPDATE job SET status = 'cancelled', scanned = 1, owner = NULL, finished_at = created_at,
    reason = 'Another scan of this source was queued already and does the work.'
  WHERE status = 'queued' AND source IS NOT NULL AND EXISTS
    (SELECT 1 FROM job older WHERE older.source = job.source AND older.status = 'queued' AND older.id < job.id);

CREATE UNIQUE INDEX job_queued_scan ON job (source) WHERE status = 'queued' AND source IS NOT NULL;
