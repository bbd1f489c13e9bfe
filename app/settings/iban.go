package settings

import (
	"math/big"
	"strings"
)

// compactIBAN takes the blanks out that people write for reading.
func compactIBAN(text string) string {
	return strings.ToUpper(strings.ReplaceAll(text, " ", ""))
}

// checkIBAN tests the check digits: the number, with its first four characters
// moved behind and letters as 10 to 35, leaves 1 when divided by 97 (ISO 13616).
func checkIBAN(compact string) bool {
	var digits strings.Builder
	for _, r := range compact[4:] + compact[:4] {
		if r >= 'A' {
			digits.WriteString(big.NewInt(int64(r-'A') + 10).String())
		} else {
			digits.WriteRune(r)
		}
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	return ok && new(big.Int).Mod(n, big.NewInt(97)).Int64() == 1
}
