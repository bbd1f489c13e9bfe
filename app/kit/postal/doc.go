// Package postal writes addresses and greetings as the receiver's post and the
// receiver's language want them.
//
// An address is printed by the rule of its own country: which line the town
// stands on, whether the postcode goes before or behind it, what is written in
// capitals (Universal Postal Union, S42 and the addressing sheets of its
// members). A letter that crosses a border has town and country in capitals,
// and the country in the language of the sender, whose post reads it first. An
// address in the script of East Asia is printed from the large to the small.
//
// A greeting is formal or familiar and says no more than is known: without a
// salutation it takes a form that suits everybody.
package postal
