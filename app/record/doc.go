// Package record is what every record of Kontor shares: the ID, the Kind with
// its Fields, the one way to write, the Change that is published for it, and
// the Query with its filter language.
//
// A module describes each kind of record once, as a Kind: its table, its
// fields, and the rules that are its own. From that one description come
// loading, saving, lists, filters, search, history, import, export and links.
//
// The way of a save is always the same: Plan decodes and checks drafts (pure
// but for reads, so a dry run is a Plan), Apply writes what Plan found changed,
// guarded by version, and publishes Changes on the Feed. The listeners of the
// feed (history, timeline, search) run in the same transaction, so nothing can
// be saved and not found, or changed and not in the history. After the commit
// the doors hear of it.
//
// A field that mirrors a list ("email" of "emails.value") is the first row of
// that list: writing one writes the other, and the base table keeps a copy so
// that lists and sorts need no join.
//
// Nothing is overwritten silently: a draft may carry the version it was made
// from, and a record that moved on answers with fault.CodeStale and what is
// stored now. Deleting marks; the bin gives back.
package record
