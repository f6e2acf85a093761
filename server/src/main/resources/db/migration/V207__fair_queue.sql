-- Jobs take turns: a task has the turn in which it is claimed, so that a small job does not wait behind all tasks of a large one.
ALTER TABLE task ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;

-- The turn of the last task that was added to the job.
ALTER TABLE job ADD COLUMN last_turn BIGINT NOT NULL DEFAULT 0;

UPDATE task SET turn = ranked.number FROM
    (SELECT id, ROW_NUMBER() OVER (PARTITION BY job ORDER BY id) AS number FROM task WHERE status = 'queued') AS ranked
  WHERE ranked.id = task.id;
UPDATE job SET last_turn = (SELECT COALESCE(MAX(task.turn), 0) FROM task WHERE task.job = job.id)
  WHERE status IN ('queued', 'running');

CREATE INDEX task_turn ON task (status, priority, turn, id);
