-- Times are milliseconds since 1970 UTC; money is millionths of a US dollar; lists and objects are JSON.
CREATE TABLE assets (
    handle       TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    number       INTEGER NOT NULL,
    file         TEXT NOT NULL UNIQUE,
    mime_type    TEXT NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    orientation  INTEGER NOT NULL,
    has_alpha    INTEGER NOT NULL,
    duration_ms  INTEGER NOT NULL,
    fps          REAL NOT NULL,
    has_audio    INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    title        TEXT NOT NULL,
    parent       TEXT REFERENCES assets (handle),
    operation    TEXT NOT NULL,
    model        TEXT,
    prompt       TEXT,
    seed         INTEGER,
    inputs       TEXT NOT NULL,
    master       TEXT REFERENCES assets (handle),
    recipe       TEXT NOT NULL,
    checks       TEXT NOT NULL,
    cost_micros  INTEGER NOT NULL,
    job          INTEGER,
    created_at   INTEGER NOT NULL,
    UNIQUE (kind, number)
);
CREATE INDEX assets_by_sha ON assets (sha256);
CREATE INDEX assets_by_parent ON assets (parent);
CREATE INDEX assets_by_job ON assets (job);
CREATE INDEX assets_by_time ON assets (created_at);

CREATE TABLE numbers (
    kind TEXT PRIMARY KEY,
    last INTEGER NOT NULL
);

CREATE TABLE batches (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    matrix     TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE jobs (
    id               INTEGER PRIMARY KEY,
    tool             TEXT NOT NULL,
    title            TEXT NOT NULL,
    kind             TEXT NOT NULL,
    request          TEXT NOT NULL,
    provider         TEXT NOT NULL,
    model            TEXT NOT NULL,
    priority         INTEGER NOT NULL,
    state            TEXT NOT NULL,
    progress         REAL NOT NULL,
    estimated_micros INTEGER NOT NULL,
    cost_micros      INTEGER NOT NULL,
    batch            INTEGER REFERENCES batches (id),
    after            INTEGER REFERENCES jobs (id),
    variant          TEXT,
    attempts         TEXT NOT NULL,
    outputs          TEXT,
    warnings         TEXT NOT NULL,
    error_code       TEXT,
    error_message    TEXT,
    cancel_requested INTEGER NOT NULL,
    term             INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    started_at       INTEGER,
    ended_at         INTEGER
);
CREATE INDEX jobs_open ON jobs (state, priority, id) WHERE state NOT IN ('succeeded', 'failed', 'canceled');
CREATE INDEX jobs_by_batch ON jobs (batch);
CREATE INDEX jobs_by_after ON jobs (after) WHERE after IS NOT NULL;

-- One row a call: what makes the same call, repeated, the same job.
CREATE TABLE calls (
    key        TEXT PRIMARY KEY,
    job        INTEGER REFERENCES jobs (id),
    batch      INTEGER REFERENCES batches (id),
    created_at INTEGER NOT NULL
);

-- Which process runs jobs is decided by a lock on a file; each one that gets it begins a new term, and a write that
-- carries an older term changes nothing.
CREATE TABLE runner (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    term INTEGER NOT NULL
);
INSERT INTO runner VALUES (1, 0);

CREATE TABLE ledger (
    id            INTEGER PRIMARY KEY,
    job           INTEGER NOT NULL REFERENCES jobs (id),
    entry         TEXT NOT NULL,
    amount_micros INTEGER NOT NULL,
    provider      TEXT NOT NULL,
    model         TEXT NOT NULL,
    day           TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    UNIQUE (job, entry)
);
CREATE INDEX ledger_by_day ON ledger (day);

CREATE TABLE elements (
    name        TEXT PRIMARY KEY COLLATE NOCASE,
    description TEXT NOT NULL,
    images      TEXT NOT NULL,
    created_at  INTEGER NOT NULL
);
