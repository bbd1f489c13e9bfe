// Package mail brings mail into the histories of companies and people.
//
// An account is a mailbox that is read over IMAP and never changed. A sync
// records every mail it looked at as a location (folder, UID, outcome), so that
// its report adds up. A mail that concerns somebody who is known becomes a
// record of the kind "mail": it stands on timelines, in lists and in the search
// like any other. Of a mail that concerns nobody known only the head waits, out
// of sight; when its address is later added to a company or a person, it becomes
// a record at once and its text comes with the next sync. With the mode
// everything all mails become records.
//
// A link says on whose timeline a mail stands, and why: the record has the
// address that stands in From, To, Cc or Bcc, or (thread) somebody answered, from
// an address that nobody has, a mail that we had sent to the record. Addresses
// of our own accounts never link. On the timeline of a company stand also the
// mails of people with a role there on that day, whenever the role was entered.
// A link that somebody took away does not come back by itself.
//
// The sync is one batch of the history, named after the mailbox. What an undo
// takes back, of a sync or of an address, withdraws mails into the bin; when
// their address becomes known again they come back.
//
// Deleting puts a mail into the bin, here and not on the server. A private mail
// loses its subject and text and leaves timelines and search; it is not fetched
// again. Both are told by the sync report as skipped.
//
// Of a mail's page nothing loads by itself. Pictures of the network are fetched
// by us when somebody asks for them, from public addresses only, and stand in
// the page as data; their sender learns no more than that they were fetched.
//
// Passwords are never in the workspace: the system's key ring keeps them, or,
// where there is none, a file in the user's configuration folder (see Secrets).
//
// Tables: mail_account, mail_folder, mail_location, mail_message, mail_link,
// mail_unlinked, mail_waiting, mail_participant, mail_attachment,
// mail_thread_ref, mail_pending. It reads contacts_company, contacts_person,
// contacts_email and timeline_entry.
package mail
