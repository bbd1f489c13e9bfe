-- +goose Up

-- when a user wants to be reminded of a record again; begins is the moment that
-- the reminder is of
CREATE TABLE activities_snooze (
    record_id INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    until     INTEGER NOT NULL,
    begins    INTEGER NOT NULL,
    PRIMARY KEY (record_id, user_id)
) STRICT, WITHOUT ROWID;
