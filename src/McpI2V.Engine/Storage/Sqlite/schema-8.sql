-- What of a job is told before all else: words on which nothing acted, what went wrong after paying. A list of texts as JSON.
ALTER TABLE jobs ADD COLUMN foremost TEXT NOT NULL DEFAULT '[]';
