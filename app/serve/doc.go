// Package serve is the browser door: the pages and the API over TCP on this
// computer alone, and the socket through which the command line reaches an open
// workspace.
//
// The browser gets in by a one-time link and is then known by a cookie; programs
// send a token. Host and Origin are checked, so that no foreign page can use
// either (DNS rebinding, cross-site requests). Other addresses than loopback are
// refused until there are log-in and TLS.
package serve
