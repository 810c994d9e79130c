-- Which process runs jobs is decided by a lock on a file for each lane: the embedded engine's, and one for each vendor's key.
-- Each process that gets a lane begins a new term of it, and a write that carries an older term changes nothing.
CREATE TABLE runners (
    lane TEXT PRIMARY KEY,
    term INTEGER NOT NULL,
    -- What keeps the whole lane from going on, for the one who asks.
    says TEXT
);
-- A lane is the provider's name, with the fingerprint of its key where it has one: a job is done with the key it was asked
-- for with, or by nobody. Jobs of before are of no key: the first process that has one takes them.
ALTER TABLE jobs ADD COLUMN lane TEXT NOT NULL DEFAULT '';
UPDATE jobs SET lane = provider;
CREATE INDEX jobs_by_lane ON jobs (lane, priority, id) WHERE state = 'queued';
-- A program of before that still runs finds its table gone and writes nothing more.
DROP TABLE runner;
-- Whose it is: a caller changes nothing of another's. What was there before belongs to the user of this machine.
ALTER TABLE jobs ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
ALTER TABLE elements ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
ALTER TABLE uploads ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
