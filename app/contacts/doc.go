// Package contacts keeps companies and people: who they are, how they are
// reached, and who works where in which role.
//
// A company and a person each have several e-mails, telephones, web sites and
// addresses; the first of each is the primary one and is mirrored into the
// fields email, phone, website, street … country. A person holds roles in
// companies; the first role decides the fields company and role. What is about a
// person, such as notes and mails, stands also on the timelines of the companies
// where the person had a role on that day, whenever the role was entered.
//
// A customer number belongs to one company. A name given in one piece is split
// into title, given and family name; the name shown is made of them again.
//
// Tables: contacts_company, contacts_person, contacts_email, contacts_phone,
// contacts_website, contacts_address, contacts_role.
package contacts
