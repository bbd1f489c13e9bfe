// Package money holds amounts as whole numbers of a currency's smallest unit.
//
// An amount is an int64 and an ISO 4217 code: 1234.50 EUR is 123450, 500 JPY is
// 500, 1.250 KWD is 1250. Quantities, unit prices and rates are scaled
// integers: 2.5 with four digits is 25000. Nothing here is ever a float.
//
// Rules:
//
//   - Rounding is half away from zero: 0.125 becomes 0.13, -0.125 becomes -0.13.
//   - A currency has the digits of ISO 4217, not those of cash. XXX (no
//     currency) and XTS (tests) are no currencies.
//   - A number is written in plain ASCII: an optional minus, digits, and a point
//     with digits behind it where there are any. Groups, commas, blanks, plus
//     signs and exponents are for whoever talks to people to take away first.
//   - More digits behind the point than the currency or the field has are
//     refused, even zeros: "10.000" EUR may be ten thousand written by a German.
//   - What is spread over parts adds up to what was spread, to the last unit.
package money
