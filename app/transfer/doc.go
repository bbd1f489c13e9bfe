// Package transfer takes spreadsheets in and gives them out, for every kind of
// record that is registered.
//
// An import is a Session. Open keeps the file in the workspace's folder imports,
// reads the chosen sheet once through package sheet (in its child process) and
// spools the typed cells. A Mapping says which column fills which Field; it is
// guessed from titles (a table of synonyms, the titles of our own exports,
// similarity) and, where they say nothing, from values. How numbers and dates
// read is decided over all rows of a column; what only a person can know is a
// Question, and until all are answered nothing is planned or written.
//
// A row makes Items: a record of the main kind and, where columns say so, one
// that it links to, such as the company of a person. Items meet stored records
// by Keys: by default our own id, number and e-mail. E-mail may be any of the
// record's. A row none of whose keys is filled meets only a record that has all
// it says already, so that the same file twice changes nothing. People who share
// an address but no word of their names are different people, unless the match
// was asked for. Of two rows of one file with the same key the later one meets
// what the earlier one made, and a warning names both.
//
// A row may link by name to a record that another row of the file makes. It waits
// until that row is done, so the order of the rows does not matter; rows that wait
// for each other in a ring are written without the link and get it at the end. A
// name that several records have is refused with their rows.
//
// OnMatch says what then happens: update, fill (only empty fields), skip,
// create. Empty cells never erase. A column of one entry of a list (second
// e-mail, mobile phone, billing address) changes that entry; a column of a whole
// list replaces it.
//
// Plan and Apply are the same run over the spool, once on readers and once in
// short transactions under one batch; each row is matched and checked again when
// it is written. A row that fails changes nothing and stops nothing.
//
// Export writes any list as typed workbook or text file whose titles, options
// and lists the import reads back.
//
// The package has no tables. It reads and writes records through package record
// only and knows no module.
package transfer
