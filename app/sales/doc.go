// Package sales turns what is offered and sold into documents and their figures.
//
// # A document and its price
//
// A Document is what somebody writes: a currency, whether prices are net or
// gross, how to round, a discount, payments made before, and lines. Price works
// out its Figures. It is the only place where Kontor does this arithmetic: the
// editor, lists, PDF, e-invoice and export show what it says. It is pure: it
// stores nothing and asks nobody, not even for the currency, which whoever calls
// it fills in where the document names none.
//
// Rounding is half away from zero to the digits of the currency, everywhere, and
// each figure is rounded once, from exact numbers.
//
//   - A line's amount is quantity × price less the line's discount, rounded. A
//     percent is taken of the exact quantity × price, and an amount may be as
//     large as that but no larger. So a line with a negative product takes a
//     percent, but no amount, not even 0.
//   - Titles, subtotals and comments have no amount. Whatever quantity, price,
//     discount or tax they carry is passed over. An item needs all of quantity,
//     price and tax: nothing is ever sold at no price or without tax because a
//     cell was left empty. An empty text counts as missing.
//   - The subtotal is the sum of the amounts of the items that are not optional.
//   - The document's discount is spread in the smallest unit by largest
//     remainder, over the tax groups or, rounding by line, over the lines. Ties
//     go to the higher rate, then the larger amount, then the earlier line.
//   - A discount that is given is held to the rules even when it comes to
//     nothing: 0 % on a document with a negative group is refused, and so is an
//     amount of 0 where the subtotal is 0. {} and empty texts are no discount.
//   - Net prices: the base of a group is its amounts less its share, its tax is
//     base × rate. Gross prices: base is the rest ÷ (1 + rate), tax is what
//     remains of the rest. By line, each line does so and the group adds up.
//   - Cash rounding takes gross to the nearest step. A step of 0 is none. What
//     was prepaid is deducted afterwards, and may be negative for money paid
//     back; what is left to pay may be negative too.
//   - Optional lines are priced among themselves by the same rules, without the
//     document's discount. Named parts do not show there.
//
// # Tax
//
// The categories are those of EN 16931 (UNTDID 5305): S standard, Z zero rated,
// E exempt, AE reverse charge, K intra-community supply, G export, O not subject
// to tax. Without one, a rate of 0 is Z and any other is S. All but S have rate
// 0, and may leave it out. E, AE, K, G and O give the reason that will stand on
// the document. An S that says rate 0 itself stays S.
//
// One group is one category, rate and reason. A rate may name its parts, such as
// those of state and county, which share the group's tax in proportion to their
// rates. Parts add up to the rate, or make it where it is left out, and are the
// same on all lines of a group that are not optional.
//
// # Fields of the user's own
//
// A quotation takes fields of the user's own as every record does. They are notes
// of the house and stand on no paper, so they are no part of what is issued and
// still change afterwards, with history and undo. A document names them under
// "own"; those it leaves out stay as they are.
//
// # Limits
//
// A quantity has at most 4 digits behind the point, a price 6, a percent 4 and
// an amount those of its currency; digits are counted as written, zeros too. A
// document has at most 10,000 lines, and its amounts together, signs put aside,
// stay below about 2.3 × 10^18 of the smallest unit, so that no total can
// overflow. Several mistakes are refused together.
package sales
