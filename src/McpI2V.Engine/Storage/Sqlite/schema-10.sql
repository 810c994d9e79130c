-- A term is a process's time with a lane: a write that carries one that has ended changes nothing. Its number is of no other, so that
-- several processes may run one lane, each with a term of its own.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Goes on for as long as it is awake.
    beats INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE terms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    -- Null: who holds the lane's lock on a file.
    node TEXT REFERENCES nodes (id) ON DELETE CASCADE,
    -- What keeps the whole lane from going on, for the one who asks.
    says TEXT
);
CREATE INDEX terms_by_lane ON terms (lane);
-- New numbers begin above every one that was given.
INSERT INTO sqlite_sequence (name, seq)
    SELECT 'terms', MAX((SELECT COALESCE(MAX(term), 0) FROM jobs), (SELECT COALESCE(MAX(term), 0) FROM runners));
-- A program of before that still runs finds its table gone and writes nothing more.
DROP TABLE runners;
