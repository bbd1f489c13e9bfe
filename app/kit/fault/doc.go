// Package fault is the one kind of error that crosses Kontor's floors.
//
// A fault carries a code for programs, a catalogue key with parameters for the
// sentence a person reads, the field it stands beside, and a hidden cause for
// the log. It is made near the cause, wrapped with %w on the way up, logged
// once at the door and translated there. A message says what happened, where
// (file, sheet, row, column, field) and what to do.
package fault
