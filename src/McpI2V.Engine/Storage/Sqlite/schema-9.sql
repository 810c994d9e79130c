-- How a clip's numbers are to be read, where that is not bt709 at limited range: matrix, transfer and range, as "bt601 bt709 limited".
ALTER TABLE assets ADD COLUMN colour_tags TEXT;
