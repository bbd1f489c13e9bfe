// Package fields keeps the fields that users add to the kinds of records.
//
// A definition is a record of the hidden kind "field", so it has a history and can
// be undone. Its key is fixed when it is made, from its first label, and begins
// with "_", so that it never meets a key of Kontor's own. Its values stand in real
// columns, named by its id. Nothing of it is ever dropped: a hidden field, and one
// whose making was undone, keeps its column and its values; a field of another
// type gets a new column, into which the values are converted.
//
// Tables: fields_field, fields_option; fields_<id>_<made> hold several choices;
// columns cf_<id>_<made> stand in the tables of the kinds.
package fields
