package lang_test

import (
	"slices"
	"testing"

	"kontor/app/kit/lang"
)

// Every language has every key with the same placeholders: a missing text is
// found here and not by a customer.
func TestCataloguesAreComplete(t *testing.T) {
	en := lang.Keys("en")
	if len(en) == 0 {
		t.Fatal("no texts at all")
	}
	for _, language := range lang.Languages() {
		keys := lang.Keys(language)
		for _, key := range en {
			if !slices.Contains(keys, key) {
				t.Errorf("%s lacks %s", language, key)
				continue
			}
			want, got := placeholders(lang.Text("en", key, nil)), placeholders(lang.Text(language, key, nil))
			if !slices.Equal(want, got) {
				t.Errorf("%s %s: placeholders %v, want %v", language, key, got, want)
			}
		}
		for _, key := range keys {
			if !slices.Contains(en, key) {
				t.Errorf("en lacks %s of %s", key, language)
			}
		}
	}
}

func placeholders(text string) []string {
	var names []string
	for i := 0; i+1 < len(text); i++ {
		if text[i:i+2] != "{{" {
			continue
		}
		for j := i + 2; j+1 < len(text); j++ {
			if text[j:j+2] == "}}" {
				names = append(names, text[i+2:j])
				break
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		language, key string
		params        map[string]any
		want          string
	}{
		{"de", "fault.internal", map[string]any{"reference": "7"}, "Das hätte nicht passieren dürfen. Die Einzelheiten stehen im Protokoll."},
		{"fr", "record.required", map[string]any{"field": "Name"}, "Fill in Name."},
		{"en", "no.such.key", nil, "no.such.key"},
	} {
		if got := lang.Text(c.language, c.key, c.params); got != c.want {
			t.Errorf("Text(%s, %s) = %q, want %q", c.language, c.key, got, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]string{
		"de-AT,de;q=0.9,en;q=0.8": "de", "fr,en;q=0.5": "en", "": "en", "fr": "en",
	} {
		if got := lang.Match(header, "en"); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
}
