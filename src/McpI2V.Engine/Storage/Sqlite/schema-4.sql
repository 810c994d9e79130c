-- Files that a caller from elsewhere was asked to send: each link takes one.
CREATE TABLE uploads (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT,
    max_bytes  INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    asset      TEXT REFERENCES assets (handle)
);
CREATE INDEX uploads_by_age ON uploads (expires_at);
