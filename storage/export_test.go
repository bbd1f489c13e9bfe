package storage

// What the tests, which see the package from outside, look at inside it.

// FoldUnicode is the long way of Fold.
var FoldUnicode = foldUnicode

// CheckPlace is what Create and Open ask of a folder.
var CheckPlace = checkPlace
