-- +goose Up

-- contacts: what kinds of party somebody is, households, how people are
-- addressed and reached, who looks after them
ALTER TABLE contacts_company ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_company ADD COLUMN line2 TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_company ADD COLUMN assigned_id INTEGER REFERENCES access_user (id);
ALTER TABLE contacts_company ADD COLUMN how_met TEXT NOT NULL DEFAULT '';
CREATE INDEX contacts_company_assigned ON contacts_company (assigned_id) WHERE deleted_at IS NULL;

ALTER TABLE contacts_person ADD COLUMN familiar INTEGER;
ALTER TABLE contacts_person ADD COLUMN greeting TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN line2 TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN hours TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN needs TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN interests TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN how_met TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_person ADD COLUMN assigned_id INTEGER REFERENCES access_user (id);
CREATE INDEX contacts_person_assigned ON contacts_person (assigned_id) WHERE deleted_at IS NULL;

ALTER TABLE contacts_address ADD COLUMN line2 TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts_role ADD COLUMN contact TEXT NOT NULL DEFAULT '';

-- The owner is a company or a person.
CREATE TABLE contacts_kind (
    owner_id INTEGER NOT NULL,
    pos      INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_kind_kind ON contacts_kind (kind);

-- Both ends are a company or a person: ids are unique over all kinds.
CREATE TABLE contacts_relation (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    title      TEXT NOT NULL,
    title_key  TEXT NOT NULL,
    from_id    INTEGER NOT NULL,
    type       TEXT NOT NULL,
    to_id      INTEGER NOT NULL,
    since      TEXT,
    until      TEXT,
    note       TEXT NOT NULL
) STRICT;
CREATE INDEX contacts_relation_title ON contacts_relation (title_key) WHERE deleted_at IS NULL;
CREATE INDEX contacts_relation_from ON contacts_relation (from_id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_relation_to ON contacts_relation (to_id) WHERE deleted_at IS NULL;
CREATE INDEX contacts_relation_created ON contacts_relation (created_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_relation_updated ON contacts_relation (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_relation_bin ON contacts_relation (deleted_at) WHERE deleted_at IS NOT NULL;
