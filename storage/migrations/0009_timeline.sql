-- +goose Up

-- what is kept on top of whose timeline, and by whom
CREATE TABLE timeline_pin (
    subject_id INTEGER NOT NULL,
    ref_id     INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (subject_id, ref_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX timeline_pin_ref ON timeline_pin (ref_id);

-- which of the versions of one name it is; NULL is the first
ALTER TABLE files_file ADD COLUMN edition INTEGER;
