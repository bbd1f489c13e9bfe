-- +goose Up

-- Fields of the user's own. Their values stand in columns cf_<id>_<made> of the
-- kind's table, those of several choices in tables fields_<id>_<made>; made
-- counts how often the type was changed.
CREATE TABLE fields_field (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    kind       TEXT NOT NULL,
    key        TEXT NOT NULL,
    label      TEXT NOT NULL,
    type       TEXT NOT NULL,
    band       TEXT NOT NULL,
    place      INTEGER,
    required   INTEGER,
    standard   TEXT NOT NULL,
    help       TEXT NOT NULL,
    digits     INTEGER,
    target     TEXT NOT NULL,
    hidden     INTEGER,
    made       INTEGER
) STRICT;
CREATE UNIQUE INDEX fields_field_key ON fields_field (kind, key);

-- A code stays with an option when it is called something else.
CREATE TABLE fields_option (
    owner_id INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    value    TEXT NOT NULL,
    code     INTEGER,
    retired  INTEGER,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
