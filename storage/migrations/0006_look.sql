-- +goose Up

-- who last looked at what: at is the last look of the visit that goes on, since
-- the last look of the visit before it
CREATE TABLE timeline_look (
    user_id   INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    since     INTEGER NOT NULL,
    PRIMARY KEY (user_id, record_id)
) STRICT, WITHOUT ROWID;
