-- +goose Up

-- contacts and products: the tags of records; the owner of a contact's is a
-- company or a person
CREATE TABLE contacts_tag (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    value     TEXT NOT NULL,
    value_key TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_tag_value ON contacts_tag (value_key);

CREATE TABLE products_tag (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    value     TEXT NOT NULL,
    value_key TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX products_tag_value ON products_tag (value_key);

-- views: what somebody wants to see of a list again; without an owner it is
-- everybody's
CREATE TABLE views_view (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    owner_id   INTEGER REFERENCES access_user (id),
    place      INTEGER,
    state      TEXT NOT NULL
) STRICT;
CREATE INDEX views_view_name ON views_view (name_key) WHERE deleted_at IS NULL;
CREATE INDEX views_view_created ON views_view (created_at) WHERE deleted_at IS NULL;
CREATE INDEX views_view_updated ON views_view (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX views_view_bin ON views_view (deleted_at) WHERE deleted_at IS NOT NULL;
