// Package mime reads mail as it is found in the world: broken, mislabelled and
// sometimes hostile. Reading never fails and never panics; what could not be
// understood is said by the Level of the result.
//
// A Message is one mail: its Header, its text and HTML bodies in UTF-8, its
// Attachments, and a Preview of what the sender wrote without the quoted
// history. Parse reads a whole mail; ParseHeader reads only header fields, which
// is all a mailbox scan needs. Both compute the same Key, by which one mail is
// recognised wherever it lies.
//
// Structure is read part by part with go-message, keeping what came before any
// damage, and else as raw text. Header fields, encoded words, charsets,
// addresses and dates are read by our own lenient code, since the libraries
// reject or drop what is merely untidy. Whatever a person may see has lost its
// control and bidirectional override characters, which are used to disguise
// names.
//
// HTML is kept as it came; SanitizeHTML makes it fit to show.
package mime
