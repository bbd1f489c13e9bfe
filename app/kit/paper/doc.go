// Package paper draws business letters with a table of lines as PDF.
//
// A Document is pure data: the final texts and amounts of one letter with its
// letterhead. It carries everything, so that a stored Document alone gives the
// same pages again: texts, decimal strings, the bytes of the logo, and the
// version of the layout rules.
//
// There are two steps. Layout measures every text, wraps it, and places it on
// pages; what it gives can be compared box by box. Render lays out and draws.
// The same Document always gives the same bytes.
//
// Rules of the page:
//
//   - The address stands in the window of DIN 5008 form B, with fold marks.
//     Paper is A4, or US Letter in the countries that use it.
//   - The table's head is repeated on each page; the sum so far is carried
//     forward at the foot and brought forward at the head.
//   - No row is cut unless it is taller than a page. No section head stands alone
//     at the foot. Totals and the acceptance box stay whole, and at least one
//     line stands together with the totals.
//   - Nothing runs into the footer. Long words are cut at the column's edge.
//   - Numbers are never cut; one that is too wide for its column is set smaller.
//
// All text enters by one way: Unicode NFC, control and direction characters
// taken away, characters beyond U+FFFF shown as □. A character that the font
// lacks is drawn as an empty box and still copies as itself; Pages.Warnings
// names it. Right-to-left scripts are not shaped and are warned of, too.
//
// Labels and number formats follow the document's language, not the reader's.
//
// It does not calculate anything but the carried sums: the amounts come from
// whoever made the document.
package paper
