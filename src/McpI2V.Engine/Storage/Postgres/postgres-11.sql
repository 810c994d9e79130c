-- A node of before writes no turn: what it queues goes first.
ALTER TABLE jobs ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
DROP INDEX jobs_by_lane;
CREATE INDEX jobs_by_lane ON jobs (lane, priority, turn, id) WHERE state = 'queued';
CREATE INDEX jobs_by_owner ON jobs (lane, priority, owner, turn) WHERE state = 'queued';
