-- Whose turn it is among those who wait for one lane: jobs are taken by priority, turn and number.
ALTER TABLE jobs ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;
DROP INDEX jobs_by_lane;
CREATE INDEX jobs_by_lane ON jobs (lane, priority, turn, id) WHERE state = 'queued';
CREATE INDEX jobs_by_owner ON jobs (lane, priority, owner, turn) WHERE state = 'queued';
