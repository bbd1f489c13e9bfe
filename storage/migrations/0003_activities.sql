-- +goose Up

-- since is the first day on which a repeating task was due, the day it counts
-- from; next is the task that took over when it was done.
CREATE TABLE activities_task (
    id          INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL,
    deleted_at  INTEGER,
    text        TEXT NOT NULL,
    text_key    TEXT NOT NULL,
    details     TEXT NOT NULL,
    due         TEXT,
    time        TEXT NOT NULL,
    about_id    INTEGER,
    assigned_id INTEGER,
    priority    TEXT NOT NULL,
    done        INTEGER,
    repeat      TEXT NOT NULL,
    since       TEXT,
    remind      INTEGER,
    next_id     INTEGER,
    uid         TEXT NOT NULL,
    uid_key     TEXT NOT NULL
);
CREATE INDEX activities_task_text ON activities_task (text_key) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_due ON activities_task (due) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_about ON activities_task (about_id) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_assigned ON activities_task (assigned_id) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_done ON activities_task (done) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_uid ON activities_task (uid_key) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_created ON activities_task (created_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_updated ON activities_task (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_task_bin ON activities_task (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX activities_task_open ON activities_task (due) WHERE deleted_at IS NULL AND done IS NULL;

CREATE TABLE activities_call (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    text       TEXT NOT NULL,
    about_id   INTEGER,
    at         INTEGER,
    direction  TEXT NOT NULL,
    outcome    TEXT NOT NULL,
    minutes    INTEGER
);
CREATE INDEX activities_call_about ON activities_call (about_id) WHERE deleted_at IS NULL;
CREATE INDEX activities_call_at ON activities_call (at) WHERE deleted_at IS NULL;
CREATE INDEX activities_call_outcome ON activities_call (outcome) WHERE deleted_at IS NULL;
CREATE INDEX activities_call_created ON activities_call (created_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_call_updated ON activities_call (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_call_bin ON activities_call (deleted_at) WHERE deleted_at IS NOT NULL;

-- day and last_day are those of a meeting that lasts whole days; from_at and
-- to_at are its moments then too, so that all meetings stand in one order.
CREATE TABLE activities_meeting (
    id         INTEGER PRIMARY KEY,
    version    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    text       TEXT NOT NULL,
    text_key   TEXT NOT NULL,
    place      TEXT NOT NULL,
    from_at    INTEGER,
    to_at      INTEGER,
    day        TEXT,
    last_day   TEXT,
    details    TEXT NOT NULL,
    repeat     TEXT NOT NULL,
    except_on  TEXT NOT NULL,
    remind     INTEGER,
    uid        TEXT NOT NULL,
    uid_key    TEXT NOT NULL
);
CREATE INDEX activities_meeting_text ON activities_meeting (text_key) WHERE deleted_at IS NULL;
CREATE INDEX activities_meeting_from ON activities_meeting (from_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_meeting_repeat ON activities_meeting (from_at) WHERE deleted_at IS NULL AND repeat > '';
CREATE INDEX activities_meeting_uid ON activities_meeting (uid_key) WHERE deleted_at IS NULL;
CREATE INDEX activities_meeting_created ON activities_meeting (created_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_meeting_updated ON activities_meeting (updated_at) WHERE deleted_at IS NULL;
CREATE INDEX activities_meeting_bin ON activities_meeting (deleted_at) WHERE deleted_at IS NOT NULL;

CREATE TABLE activities_about (
    owner_id  INTEGER NOT NULL,
    pos       INTEGER NOT NULL,
    record_id INTEGER,
    PRIMARY KEY (owner_id, pos)
) STRICT, WITHOUT ROWID;
CREATE INDEX activities_about_record ON activities_about (record_id);

-- Up to which moment a user has been reminded of a record.
CREATE TABLE activities_told (
    record_id INTEGER NOT NULL,
    user_id   INTEGER NOT NULL,
    moment    INTEGER NOT NULL,
    PRIMARY KEY (record_id, user_id)
) STRICT, WITHOUT ROWID;
