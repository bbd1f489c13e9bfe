package sheet

import "strings"

// ParseBool reads the yes and no that people and programs write in English and
// German: yes, ja, true, WAHR, x, 1. A tick counts as yes.
func ParseBool(text string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "1", "x", "y", "j", "yes", "ja", "true", "wahr", "on", "✓", "✔", "☑":
		return true, true
	case "0", "n", "no", "nein", "false", "falsch", "off", "☐", "✗":
		return false, true
	}
	return false, false
}
