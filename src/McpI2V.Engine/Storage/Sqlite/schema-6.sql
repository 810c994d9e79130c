-- The same call within a few minutes finds what it has asked for by its key. A program of before that still runs finds its table
-- gone and queues nothing more.
ALTER TABLE calls RENAME TO idempotency_keys;
-- A request says itself of which kind it is; a damaged one stays as it is.
UPDATE jobs SET request = json_set(request, '$.type', kind) WHERE json_valid(request) AND json_type(request) = 'object';
