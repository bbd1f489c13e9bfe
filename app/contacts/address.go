package contacts

import (
	"kontor/app/kit/postal"
	"kontor/app/record"
)

// Address gives the lines below the name on an envelope, as the post of its
// country wants them, for a sender in a country who speaks a language.
func Address(v record.Values, fromCountry, in string) []string {
	return postal.Lines(postal.Address{
		Street: v.String("street"), Addition: v.String("line2"), Postcode: v.String("postcode"), City: v.String("city"), Region: v.String("region"), Country: v.String("country"),
	}, fromCountry, in)
}

// addressFor picks the address of a party for a purpose: the one of that type,
// else the one for post, else the first.
func addressFor(v record.Values, purpose string) record.Values {
	rows := v.Rows("addresses")
	for _, wanted := range []string{purpose, "post"} {
		for _, row := range rows {
			if wanted != "" && row.String("type") == wanted {
				return row
			}
		}
	}
	if len(rows) > 0 {
		return rows[0]
	}
	return nil
}
