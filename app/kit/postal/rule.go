package postal

// A rule is written as it prints: lines set apart by bars; S the street with
// what belongs to it, P the postcode, C the town, R the region. The signs before
// one of them go where it is empty. ^ before a line sets it in capitals.
const (
	continental = "S|P C|R"
	american    = "S|C R P"
	townOnly    = "S|C|R"
	largeFirst  = "P|RC|S"
)

// rules by ISO 3166 code. Who is not here is printed as on the continent.
var rules = map[string]string{
	// Europe
	"DE": continental, "AT": continental, "CH": continental, "LI": continental, "LU": continental,
	"DK": continental, "IS": continental, "GR": continental, "AL": continental, "BA": continental, "BG": continental, "CY": continental,
	"EE": continental, "HR": continental, "MD": continental, "ME": continental, "MK": continental, "RO": continental, "RS": continental, "SI": continental,
	"FR": "S|^P C", "MC": "S|^P C", "BE": "S|^P C", "FI": "S|^P C|R", "NO": "S|^P C|R", "SE": "S|^P C|R", "NL": "S|^P  C|R",
	"PL": "S|^P C|R", "PT": "S|^P C|R", "CZ": continental, "SK": "S|^P C|R", "AD": "S|^P C", "LT": "S|^P C|R",
	"IT": "S|^P C R", "SM": "S|^P C R", "VA": "S|^P C", "ES": "S|^P C|R", "TR": "S|P C/R",
	"HU": "^C|S|P", "LV": "S|C, P|R", "MT": "S|^C P",
	"GB": "S|^C|R|^P", "IM": "S|^C|R|^P", "JE": "S|^C|R|^P", "GG": "S|^C|R|^P", "GI": "S|^C|^P", "IE": "S|C|R|^P",
	"UA": "S|C|R|P", "RU": "S|C|R|P", "BY": "S|P C|R", "GE": continental, "AM": continental, "AZ": continental,
	// America
	"US": american, "PR": american, "CA": "S|^C R  P", "MX": "S|P C, R", "BR": "S|P C - R", "AR": "S|P C|R", "CL": "S|P C|R", "PE": "S|C P|R",
	"CO": "S|C, R|P", "VE": "S|C P, R", "UY": "S|P C|R",
	// Oceania and Asia
	"AU": "S|^C R P", "NZ": "S|C P", "IN": "S|C P|R", "PK": "S|C-P|R", "BD": "S|C-P|R", "LK": "S|C|P", "NP": "S|C P|R",
	"SG": "S|^C P", "MY": "S|P C|R", "ID": "S|C P|R", "PH": "S|P C|R", "TH": "S|C|R P", "VN": "S|C P|R", "HK": townOnly, "MO": townOnly,
	"JP": "S|^C, R P", "KR": "S|^C P|R", "CN": "S|^P C|R", "TW": "S|C P|R", "IL": "S|C P", "SA": "S|C P|R", "AE": townOnly, "QA": townOnly, "KZ": "S|P C|R",
	// Africa
	"ZA": "S|^C|P", "EG": "S|C|R|P", "MA": "S|P C", "TN": "S|P C", "DZ": "S|P C", "KE": "S|^P C", "NG": "S|C P|R", "GH": townOnly,
}

// ownScript are the rules for addresses in the script of the country itself,
// where the street stands in one line with the town if the rule says so.
var ownScript = map[string]string{"JP": "〒P|RC|S", "CN": largeFirst, "TW": largeFirst, "HK": "RC|S", "KR": "R C S|P"}

// additionLast are the countries where what belongs to the street, such as a
// flat, stands below it; elsewhere it stands above.
var additionLast = map[string]bool{"US": true, "CA": true, "AU": true, "NZ": true, "IN": true, "ES": true, "PT": true, "BR": true, "MX": true, "AR": true, "IT": true, "PL": true}
