// Package vcard reads and writes business cards: vCard 4.0 (RFC 6350) out, and
// 4.0, 3.0 (RFC 2426) and 2.1 in, as telephones and address books write them.
//
// Read are folded lines, quoted-printable and its soft breaks, charsets (UTF-8,
// UTF-16, what CHARSET names, else Windows-1252), parameters without a name,
// quotation marks, escapes, groups with Apple's labels, and cards within cards,
// which are left out. Pictures and sounds are counted, not read.
package vcard
