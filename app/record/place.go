package record

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kontor/storage"
)

// aliases are names of countries that people write and no standard has.
var aliases = map[string]string{
	"uk": "GB", "england": "GB", "great britain": "GB", "grossbritannien": "GB", "scotland": "GB", "schottland": "GB",
	"wales": "GB", "usa": "US", "u.s.a.": "US", "america": "US", "amerika": "US", "brd": "DE", "holland": "NL",
	"tschechische republik": "CZ", "czech republic": "CZ", "turkey": "TR", "turkei": "TR", "russland": "RU",
	"south korea": "KR", "sudkorea": "KR", "macedonia": "MK", "vae": "AE", "uae": "AE",
}

// countryNames are the names of all countries in the languages that customers'
// lists are mostly written in, folded. Made when the first name is looked up.
var countryNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string(a) + string(b)
			region, err := language.ParseRegion(code)
			if err != nil || !region.IsCountry() || region.Canonicalize() != region || region.String() != code {
				continue
			}
			for _, in := range []language.Tag{language.English, language.German, language.French, language.Spanish, language.Italian, language.Dutch, language.Polish} {
				if text := display.Regions(in).Name(region); text != "" {
					names[placeKey(text)] = code
				}
			}
			if tag, err := language.Compose(region); err == nil {
				if text := display.Self.Name(tag); text != "" {
					names[placeKey(text)] = code
				}
			}
		}
	}
	for text, code := range aliases {
		names[text] = code
	}
	return names
})

// placeKey folds a name; CLDR sets Côte d’Ivoire with the apostrophe of print.
func placeKey(text string) string { return strings.ReplaceAll(storage.Fold(text), "’", "'") }

// country finds the ISO 3166 code of a country given as code or name.
func country(text string) (string, bool) {
	if code, ok := aliases[storage.Fold(text)]; ok {
		return code, true
	}
	if len(text) == 2 || len(text) == 3 {
		if region, err := language.ParseRegion(strings.ToUpper(text)); err == nil && region.IsCountry() {
			return region.Canonicalize().String(), true
		}
	}
	code, ok := countryNames()[placeKey(text)]
	return code, ok
}

var tongueNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, tag := range display.Supported.Tags() {
		if tag.String() == "und" || strings.Contains(tag.String(), "-") {
			continue
		}
		for _, in := range []language.Tag{language.English, language.German} {
			names[storage.Fold(display.Languages(in).Name(tag))] = tag.String()
		}
		names[storage.Fold(display.Self.Name(tag))] = tag.String()
	}
	return names
})

// tongue finds the BCP 47 tag of a language given as tag or name.
func tongue(text string) (string, bool) {
	if code, ok := tongueNames()[storage.Fold(text)]; ok {
		return code, true
	}
	if len(text) > 12 {
		return "", false
	}
	tag, err := language.Parse(text)
	if err != nil || tag == language.Und {
		return "", false
	}
	return tag.String(), true
}
