package contacts

// TieName is a type of relation in words.
var TieName = tieName
