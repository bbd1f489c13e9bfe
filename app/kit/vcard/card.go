package vcard

import "strings"

// Card is what a card says of a person or an organisation.
type Card struct {
	Line         int // of the file on which it begins
	UID          string
	Organized    bool // an organisation, not a person
	Name         string
	Family       string
	Given        string // with further given names
	Prefix       string
	Suffix       string
	Organization string
	Title        string
	Emails       []Entry
	Phones       []Entry
	URLs         []Entry
	Addresses    []Address
	Birthday     string // YYYY-MM-DD; one without a year is none
	Language     string
	Sex          string // M or F, where the card says so
	Note         string
	Skipped      int // pictures, sounds and keys
}

// Entry is one way to reach somebody.
type Entry struct {
	Types []string // lower case: work, home, cell, fax …
	Value string
}

// Is reports whether the entry is of a type.
func (e Entry) Is(kind string) bool { return is(e.Types, kind) }

// Address is a postal address.
type Address struct {
	Types    []string
	Street   string // lines
	Extended string // flat, floor
	Postcode string
	City     string
	Region   string
	Country  string
}

// Is reports whether the address is of a type.
func (a Address) Is(kind string) bool { return is(a.Types, kind) }

func is(types []string, kind string) bool {
	for _, t := range types {
		if strings.EqualFold(t, kind) {
			return true
		}
	}
	return false
}
