// Package mailtest makes mail for tests: Mails writes a deterministic mailbox
// with the truth beside it, in many languages and charsets and with the usual
// damage, and Serve offers it over IMAP with TLS on the loopback address.
//
// Only tests import it, and the command mailbox, which tests of the pages start.
package mailtest
