-- Calls that a client follows by a name of its own, past the connection and the process that took them.
CREATE TABLE followed_calls (
    id          TEXT PRIMARY KEY,
    owner       TEXT NOT NULL,
    tool        TEXT NOT NULL,
    arguments   TEXT NOT NULL,
    -- The question that is open: its number, and the price it asks about.
    question    INTEGER NOT NULL DEFAULT 0,
    asks_micros INTEGER,
    asks        TEXT,
    -- The folders that the client shared then.
    folders     TEXT NOT NULL DEFAULT '[]',
    granted_micros INTEGER,
    is_declined INTEGER NOT NULL DEFAULT 0,
    job         INTEGER REFERENCES jobs (id),
    batch       INTEGER REFERENCES batches (id),
    -- How it ended without a job.
    outcome     TEXT,
    is_canceled INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
);
CREATE INDEX followed_calls_by_age ON followed_calls (created_at);
