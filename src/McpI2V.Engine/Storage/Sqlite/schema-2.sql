-- Jobs at vendors: what is sent, under which key, and where it is looked up; the models to try after this one.
ALTER TABLE jobs ADD COLUMN route TEXT NOT NULL DEFAULT '[]';
ALTER TABLE jobs ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
ALTER TABLE jobs ADD COLUMN attempt_key TEXT;
ALTER TABLE jobs ADD COLUMN sent_at INTEGER;
ALTER TABLE jobs ADD COLUMN accepted_at INTEGER;
ALTER TABLE jobs ADD COLUMN remote TEXT;
-- Somebody asked after a job of which nobody knows whether it was accepted, or the vendor sent word of one.
ALTER TABLE jobs ADD COLUMN asked_after INTEGER NOT NULL DEFAULT 0;
CREATE INDEX jobs_by_provider ON jobs (provider, priority, id) WHERE state = 'queued';
CREATE INDEX jobs_unconfirmed ON jobs (id) WHERE state = 'unconfirmed';
CREATE INDEX jobs_asked_after ON jobs (id) WHERE asked_after > 0;
CREATE INDEX jobs_by_model ON jobs (model, id) WHERE accepted_at IS NOT NULL;

-- The provider's conversation that made an asset, to go on with.
ALTER TABLE assets ADD COLUMN thread TEXT;

-- A job may be tried at several vendors: each attempt is reserved and settled or released by itself.
CREATE TABLE ledger_by_attempt (
    id            INTEGER PRIMARY KEY,
    job           INTEGER NOT NULL REFERENCES jobs (id),
    attempt       INTEGER NOT NULL,
    entry         TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    provider      TEXT NOT NULL,
    model         TEXT NOT NULL,
    day           TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    UNIQUE (job, attempt, entry)
);
INSERT INTO ledger_by_attempt SELECT id, job, 1, entry, amount_micros, provider, model, day, created_at FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_by_attempt RENAME TO ledger;
CREATE INDEX ledger_by_day ON ledger (day);
