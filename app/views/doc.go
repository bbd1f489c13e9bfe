// Package views keeps what people want to see of a list again: its filter, sort,
// columns and widths under a name.
//
// A view is the search parameters of a list as its address has them, so the
// program does not need to know what pages will put there. It belongs to one user,
// or to everybody when it has no owner; only its owner changes a personal view.
// Views are records, so they have a history and can be undone, but lists and the
// search leave them out.
//
// Table: views_view.
package views
