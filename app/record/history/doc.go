// Package history keeps every change of every record: who, when, what it was
// and what it became, and takes changes back.
//
// A batch is what was done together: one save, one import, one bulk edit. It is
// undone together. Undoing publishes new changes, so it can be undone itself,
// and it never overwrites what somebody changed since: a field whose value moved
// on is a conflict, listed and left alone. So is a new record that somebody has
// worked on, and a change that is final (an issued document).
//
// Of a record that is purged the changes forget what they say: who did what when
// stays, and the purge is the last of them.
//
// Tables: history_batch, history_change. It listens to the feed and reads
// access_user for names.
package history
