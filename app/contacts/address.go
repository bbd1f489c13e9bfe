package contacts

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"kontor/app/record"
)

// cityFirst are the countries whose post wants the town before the postcode.
var cityFirst = []string{"GB", "IE", "US", "CA", "AU", "NZ", "IN", "ZA", "SG", "HK"}

// Address gives the lines below the name on an envelope: street, town and, when
// the letter crosses a border, the country in the sender's language (UPU S42).
func Address(v record.Values, fromCountry, in string) []string {
	var lines []string
	for line := range strings.Lines(v.String("street")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	country := v.String("country")
	town := []string{v.String("postcode"), v.String("city")}
	for _, c := range cityFirst {
		if c == country {
			town = []string{v.String("city"), v.String("region"), v.String("postcode")}
		}
	}
	if line := strings.Join(strings.Fields(strings.Join(town, " ")), " "); line != "" {
		lines = append(lines, line)
	}
	if country != "" && country != fromCountry {
		lines = append(lines, CountryName(country, in))
	}
	return lines
}

// CountryName is what a country is called in a language.
func CountryName(code, in string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	tag, err := language.Parse(in)
	if err != nil {
		tag = language.English
	}
	if names := display.Regions(tag); names != nil {
		return names.Name(region)
	}
	return display.Regions(language.English).Name(region)
}
