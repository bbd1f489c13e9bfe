// Package ical reads and writes calendar files (iCalendar, RFC 5545).
//
// Reading is forgiving, since every calendar program writes its own dialect:
// lines may end in any way and be folded in the middle of a character, bytes
// that are no UTF-8 are taken for Windows-1252, and what makes no sense is told
// with its line instead of ending the reading. Times come as moments, by the
// name of their zone or by the VTIMEZONE of the file.
//
// Writing folds at 75 octets, never inside a character.
package ical
