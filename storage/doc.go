// Package storage is all of Kontor that knows which database this is.
//
// A workspace is one folder: kontor.db (SQLite), files/ (large blobs),
// backups/, logs/ and kontor.lock. Open takes the lock, refuses what it must
// not touch (a newer file, a foreign file, a damaged one, a network share),
// makes a verified backup before it migrates, and hands out two pools: readers
// that cannot write, and one writer whose commits are on disk when they return
// (WAL, synchronous=FULL).
//
// Everything else in Kontor speaks plain SQL with $1 placeholders that SQLite
// and PostgreSQL both take. What differs between them stands here behind small
// functions: folding, full text, bulk insert, plan hints, backup.
//
// Nothing but SQLite ever opens kontor.db, -wal or -shm while the workspace is
// open: closing any descriptor of them drops SQLite's POSIX locks
// (https://www.sqlite.org/howtocorrupt.html, section 2.2).
//
// Tables: storage_meta, storage_blob.
package storage
