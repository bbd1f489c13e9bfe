package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed en/*.json de/*.json
var files embed.FS

// Fallback is the language of a text that another language lacks.
const Fallback = "en"

// Languages lists what Kontor speaks.
func Languages() []string { return []string{"en", "de"} }

// catalogues are read when the first text is asked for, not at every start.
var catalogues = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, language := range Languages() {
		texts := map[string]string{}
		names, err := fs.Glob(files, language+"/*.json")
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			data, err := files.ReadFile(name)
			if err != nil {
				panic(err)
			}
			var tree map[string]any
			if err := json.Unmarshal(data, &tree); err != nil {
				panic(fmt.Sprintf("catalogue %s: %v", name, err))
			}
			flatten(texts, strings.TrimSuffix(path.Base(name), ".json"), tree)
		}
		all[language] = texts
	}
	return all
})

func flatten(into map[string]string, prefix string, tree map[string]any) {
	for name, value := range tree {
		switch v := value.(type) {
		case string:
			into[prefix+"."+name] = v
		case map[string]any:
			flatten(into, prefix+"."+name, v)
		}
	}
}

// Has reports whether the language itself (not the fallback) has the key.
func Has(language, key string) bool {
	_, ok := catalogues()[language][key]
	return ok
}

// Keys lists every key of a language.
func Keys(language string) []string {
	var keys []string
	for key := range catalogues()[language] {
		keys = append(keys, key)
	}
	return keys
}

// Text gives the text of a key, such as storage.diskFull, with its parameters
// filled in. A key that no catalogue has comes back as itself.
func Text(language, key string, params map[string]any) string {
	for _, l := range []string{language, Fallback} {
		texts := catalogues()[l]
		if count, ok := params["count"]; ok {
			form := "_other"
			if fmt.Sprint(count) == "1" {
				form = "_one"
			}
			if text, ok := texts[key+form]; ok {
				return fill(language, text, params)
			}
		}
		if text, ok := texts[key]; ok {
			return fill(language, text, params)
		}
	}
	return key
}

// Name is a parameter that has a text of its own, such as the label of a field.
type Name struct {
	Key       string // in the catalogues
	Otherwise string // where they lack it
}

func fill(language, text string, params map[string]any) string {
	for name, value := range params {
		if n, ok := value.(Name); ok {
			value = Text(language, n.Key, nil)
			if value == n.Key {
				value = n.Otherwise
			}
		}
		text = strings.ReplaceAll(text, "{{"+name+"}}", fmt.Sprint(value))
	}
	return text
}

// Match picks the first language of an Accept-Language header that Kontor
// speaks, or the given default.
func Match(header, otherwise string) string {
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		base, _, _ := strings.Cut(strings.ToLower(tag), "-")
		for _, language := range Languages() {
			if base == language {
				return language
			}
		}
	}
	return otherwise
}
