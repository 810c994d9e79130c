-- Agreements to a price that were used, so that each counts once in whichever process; forgotten when they end by themselves.
CREATE TABLE used_agreements (
    nonce   TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    ends_at INTEGER NOT NULL
);
CREATE INDEX used_agreements_by_end ON used_agreements (ends_at);
