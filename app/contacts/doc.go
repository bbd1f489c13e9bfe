// Package contacts keeps companies and people: who they are, how they are
// reached, who works where in which role, and what they are to each other.
//
// A company is a business or a household, a person may be a private customer, and
// either may be several things at once: customer, supplier, partner. They each
// have several e-mails, telephones, web sites and addresses; the first of each is
// the primary one and is mirrored into the fields email, phone, website, street …
// country. A person holds roles in companies; the first role decides the fields
// company and role. What is about a person, such as notes and mails, stands also
// on the timelines of the companies where the person had a role on that day,
// whenever the role was entered.
//
// A customer number belongs to one company. A name given in one piece is split
// into title, given and family name; the name shown is made of them again.
//
// A relation leads from one company or person to another one and has a type with
// words for both directions. Nothing is related to itself, no relation stands
// twice for the same time, and no hierarchy is a circle.
//
// From all this come the greeting and envelope of a letter, the line that says
// whom to call, the web around a record, and business cards, out and in. What a
// pasted signature says is proposed, not written.
//
// Tables: contacts_company, contacts_person, contacts_kind, contacts_email,
// contacts_phone, contacts_website, contacts_address, contacts_role, contacts_tag,
// contacts_relation.
package contacts
