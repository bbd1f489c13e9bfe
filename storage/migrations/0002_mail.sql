-- +goose Up

-- mail: mailboxes that are read, without their passwords
CREATE TABLE mail_account (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    address     TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    host        TEXT NOT NULL,
    port        INTEGER NOT NULL,
    security    TEXT NOT NULL,
    login       TEXT NOT NULL,
    ca          TEXT NOT NULL,
    scope       TEXT NOT NULL,
    since       TEXT,
    mode        TEXT NOT NULL,
    synced_at   INTEGER,
    compared_at INTEGER,
    fault       TEXT
) STRICT;

-- uid_next and messages are the cursor: the folder as it was when it was
-- completely known, NULL before.
CREATE TABLE mail_folder (
    id           INTEGER PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES mail_account (id),
    name         TEXT NOT NULL,
    role         TEXT NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid_next     INTEGER,
    messages     INTEGER,
    server       INTEGER NOT NULL,
    fault        TEXT,
    UNIQUE (account_id, name)
) STRICT;

-- Every UID that was looked at, with its outcome. The message is a record in
-- mail_message, or still in mail_waiting under the same id.
CREATE TABLE mail_location (
    folder_id  INTEGER NOT NULL REFERENCES mail_folder (id),
    uid        INTEGER NOT NULL,
    message_id INTEGER,
    outcome    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    PRIMARY KEY (folder_id, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_location_message ON mail_location (message_id) WHERE message_id IS NOT NULL;

-- Mails that belong into histories. The columns from key on are bookkeeping
-- that the kind does not show. withdrawn: in the bin since an undo took back
-- what made it a record, such as an imported address.
CREATE TABLE mail_message (
    id           INTEGER PRIMARY KEY,
    version      INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    subject      TEXT NOT NULL,
    subject_key  TEXT NOT NULL,
    sender       TEXT NOT NULL,
    sender_key   TEXT NOT NULL,
    sender_name  TEXT NOT NULL,
    recipients   TEXT NOT NULL,
    copies       TEXT NOT NULL,
    at           INTEGER,
    direction    TEXT NOT NULL,
    preview      TEXT NOT NULL,
    text         TEXT NOT NULL,
    complete     INTEGER,
    attachments  INTEGER,
    size         INTEGER,
    auto         INTEGER,
    bulk         INTEGER,
    private      INTEGER,
    key          TEXT NOT NULL UNIQUE,
    id_hash      INTEGER,
    parent_hash  INTEGER,
    thread_id    INTEGER NOT NULL,
    strangers    INTEGER NOT NULL,
    withdrawn    INTEGER NOT NULL DEFAULT 0,
    level        TEXT NOT NULL,
    raw_hash     TEXT REFERENCES storage_blob (hash),
    html_hash    TEXT REFERENCES storage_blob (hash),
    text_hash    TEXT REFERENCES storage_blob (hash)
) STRICT;
CREATE INDEX mail_message_subject ON mail_message (subject_key) WHERE deleted_at IS NULL;
CREATE INDEX mail_message_sender ON mail_message (sender_key) WHERE deleted_at IS NULL;
CREATE INDEX mail_message_at ON mail_message (at) WHERE deleted_at IS NULL;
CREATE INDEX mail_message_created ON mail_message (created_at) WHERE deleted_at IS NULL;
CREATE INDEX mail_message_updated ON mail_message (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX mail_message_bin ON mail_message (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX mail_message_incomplete ON mail_message (id) WHERE complete = 0;
CREATE INDEX mail_message_id_hash ON mail_message (id_hash) WHERE id_hash IS NOT NULL;
CREATE INDEX mail_message_parent ON mail_message (parent_hash) WHERE parent_hash IS NOT NULL;
CREATE INDEX mail_message_thread ON mail_message (thread_id, at);

-- Why a mail stands on whose timeline.
CREATE TABLE mail_link (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    record_id INTEGER,
    reason    TEXT NOT NULL,
    address   TEXT NOT NULL,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_link_record ON mail_link (record_id);

-- Links that somebody took away, so that they do not come back by themselves.
CREATE TABLE mail_unlinked (
    message_id INTEGER NOT NULL,
    record_id  INTEGER NOT NULL,
    PRIMARY KEY (message_id, record_id)
) STRICT, WITHOUT ROWID;

-- Heads of mails with nobody who is known: nothing else is kept of them.
CREATE TABLE mail_waiting (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    id_hash     INTEGER,
    parent_hash INTEGER,
    thread_id   INTEGER NOT NULL,
    subject     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    recipients  TEXT NOT NULL,
    copies      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    direction   TEXT NOT NULL,
    size        INTEGER NOT NULL,
    auto        INTEGER NOT NULL,
    bulk        INTEGER NOT NULL,
    strangers   INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_waiting_parent ON mail_waiting (parent_hash) WHERE parent_hash IS NOT NULL;
CREATE INDEX mail_waiting_thread ON mail_waiting (thread_id);

-- The addresses of a mail but the mailbox's own.
CREATE TABLE mail_participant (
    address    TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    role       TEXT NOT NULL,
    PRIMARY KEY (address, message_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_participant_message ON mail_participant (message_id);

CREATE TABLE mail_attachment (
    message_id INTEGER NOT NULL,
    pos        INTEGER NOT NULL,
    name       TEXT NOT NULL,
    media_type TEXT NOT NULL,
    content_id TEXT NOT NULL,
    inline     INTEGER NOT NULL,
    section    TEXT NOT NULL,
    encoding   TEXT NOT NULL,
    size       INTEGER NOT NULL,
    PRIMARY KEY (message_id, pos)
) STRICT, WITHOUT ROWID;

-- Message ids, hashed, that belong to one conversation; also of mails that were
-- never seen and are only answered.
CREATE TABLE mail_thread_ref (
    id_hash   INTEGER PRIMARY KEY,
    thread_id INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_thread_ref_thread ON mail_thread_ref (thread_id);

-- Addresses that became known and still have many mails to be linked.
CREATE TABLE mail_pending (
    address TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
