-- +goose Up

-- search: words that a bulk edit replaced are swept out of a part of the index
-- when three quarters of it are dead. At a tenth, as FTS5 has it, an edit of all
-- records reads the whole index again every few thousand of them.
INSERT INTO search_name (search_name, rank) VALUES ('deletemerge', 75);
INSERT INTO search_text (search_text, rank) VALUES ('deletemerge', 75);
