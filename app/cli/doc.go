// Package cli is the command line: a client of the same HTTP handler that the
// window and the browser use. Alone it opens the workspace and calls the handler
// in its own process; while another door has the workspace open it goes through
// that door's socket. What it prints is the same either way.
//
// With --json every command prints exactly one JSON document on the standard
// output. Exit status: 0 done, 1 failed, 2 wrong usage, 3 not complete.
package cli
