// Package mailsync brings mail in over IMAP. It knows accounts, folders and
// mails, and nothing about who they matter to.
//
// Sync compares each chosen folder with what a Sink holds of it and fetches the
// difference, newest first, in two stages: header fields of every mail, a
// thousand a command; then, for the mails the Sink wants, the whole mail if it is
// small or its text parts if it is large. Attachments of large mails are fetched
// on demand by FetchPart. Everything read is parsed by package mailsync/mime.
//
// # What the Sink may rely on
//
// Every UID that was examined is handed over once, with its outcome, in a Batch
// that the Sink stores in one transaction. A Cursor comes only after all rows
// below it have been stored, so that a crash, a cut or a full disk repeats work
// and never loses any. UIDs are never trusted across a change of UIDVALIDITY: the
// batch says Reset, the folder is scanned anew, and mails are met again by their
// Key. Deletions on the server are reported as Gone and delete nothing here.
//
// # What servers may do
//
// Folders are opened with EXAMINE and read with BODY.PEEK: no flag ever changes.
// Nothing is sent before TLS is verified, a password is tried exactly once, and
// STARTTLS that is not offered is refused. One FETCH is in flight on a connection,
// since the IMAP library deadlocks on two. A silent or trickling server ends at a
// deadline. After each fetch the UIDs received are compared with those asked for;
// what breaks a fetch is found by halving, tried alone with fewer items, and then
// put into quarantine so that it cannot hold up the rest.
//
// Failures are faults of package fault: unauthorized never goes away by trying
// again, unavailable may.
package mailsync
