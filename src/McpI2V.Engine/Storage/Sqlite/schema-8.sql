-- What of a job is told before all else: words on which nothing acted, what went wrong after paying. A list of texts as JSON.
ALTER TABLE jobs ADD COLUMN foremost TEXT NOT NULL DEFAULT '[]';
-- Whose an asset is: its job's, or of who sent it; what else was there belongs to the user of this machine.
ALTER TABLE assets ADD COLUMN owner TEXT NOT NULL DEFAULT 'local';
UPDATE assets SET owner = COALESCE((SELECT j.owner FROM jobs j WHERE j.id = assets.job),
    (SELECT u.owner FROM uploads u WHERE u.asset = assets.handle ORDER BY u.expires_at LIMIT 1), 'local');
-- How a person keeps house: what they think of it, whether they want to see it, and since when it is in the bin. The row of an asset
-- whose file the bin has lost stays, for what was made of it: 0 while the file is being removed, then when it was.
ALTER TABLE assets ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assets ADD COLUMN note TEXT;
ALTER TABLE assets ADD COLUMN verdict TEXT;
ALTER TABLE assets ADD COLUMN hidden_at INTEGER;
ALTER TABLE assets ADD COLUMN deleted_at INTEGER;
ALTER TABLE assets ADD COLUMN purged_at INTEGER;
CREATE INDEX assets_in_bin ON assets (deleted_at) WHERE deleted_at IS NOT NULL;
-- The words that are written into its picture, and its dominant colours as "#rrggbb percent ..."; null until they are measured.
ALTER TABLE assets ADD COLUMN texts TEXT NOT NULL DEFAULT '';
UPDATE assets SET texts = COALESCE((SELECT group_concat(t.value, ' ') FROM json_tree(assets.recipe) t WHERE t.key = 'text' AND t.type = 'text'), '')
WHERE json_valid(recipe);
ALTER TABLE assets ADD COLUMN colours TEXT;
ALTER TABLE batches ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN note TEXT;
ALTER TABLE batches ADD COLUMN hidden_at INTEGER;
ALTER TABLE batches ADD COLUMN deleted_at INTEGER;
ALTER TABLE elements ADD COLUMN deleted_at INTEGER;
-- Motions that were saved by talking, beside those of presets.json.
CREATE TABLE presets (
    name       TEXT PRIMARY KEY,
    owner      TEXT NOT NULL,
    prompt     TEXT NOT NULL,
    move       TEXT NOT NULL,
    strength   REAL NOT NULL,
    easing     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
);
-- What the whole call was allowed to cost, in millionths of a dollar: a bill above it is told first.
ALTER TABLE jobs ADD COLUMN limit_micros INTEGER;
-- What is paid for, in words: a price is told with it.
ALTER TABLE jobs ADD COLUMN buys TEXT;
-- What the user saw before a clip was made, which undoing goes back to. A change by a model is made of the master, and the recipe is
-- carried over to what it made: then it is what the model was given, for what was seen was not kept.
ALTER TABLE assets ADD COLUMN seen_before TEXT;
UPDATE assets SET seen_before = parent
 WHERE kind = 'clip' AND operation IN ('edit', 'export', 'extend', 'upscale') AND parent LIKE 'clip-%';
UPDATE assets SET seen_before = (SELECT p.parent FROM assets p WHERE p.handle = assets.parent)
 WHERE kind = 'clip' AND operation = 'edit'
   AND EXISTS (SELECT 1 FROM assets p JOIN jobs j ON j.id = assets.job
                WHERE p.handle = assets.parent AND p.job = j.after AND p.parent LIKE 'clip-%');
-- What a batch was asked for, whole, so that the same can be asked for with other words.
ALTER TABLE batches ADD COLUMN request TEXT;
