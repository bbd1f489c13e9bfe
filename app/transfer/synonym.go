package transfer

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

//go:embed synonyms.txt
var synonymText string

// synonym is one title that a column may have.
type synonym struct {
	words   []string
	compact string // the words in one piece
	kind    string // * for any
	path    string
}

type synonyms struct {
	titles  []synonym
	kinds   map[string]bool              // that have titles of their own
	options map[string]map[string]string // field → compact text → option
}

var knownSynonyms = sync.OnceValue(func() synonyms {
	s := synonyms{kinds: map[string]bool{}, options: map[string]map[string]string{}}
	for line := range strings.Lines(synonymText) {
		head, tail, ok := strings.Cut(line, ":")
		fields := strings.Fields(head)
		if !ok || strings.HasPrefix(line, "#") || len(fields) < 2 {
			continue
		}
		for text := range strings.SplitSeq(tail, ",") {
			if fields[0] == "option" {
				if s.options[fields[1]] == nil {
					s.options[fields[1]] = map[string]string{}
				}
				s.options[fields[1]][compact(text)] = fields[2]
				continue
			}
			if c := compact(text); c != "" {
				s.titles = append(s.titles, synonym{words(text), c, fields[0], fields[1]})
				s.kinds[fields[0]] = true
			}
		}
	}
	return s
})

// words cuts a title into folded words: letters apart from digits and signs.
func words(title string) []string {
	var all []string
	var b strings.Builder
	class := 0
	flush := func() {
		if b.Len() > 0 {
			all = append(all, b.String())
			b.Reset()
		}
	}
	for _, r := range storage.Fold(title) {
		now := 0
		switch {
		case unicode.IsLetter(r):
			now = 1
		case unicode.IsDigit(r):
			now = 2
		}
		if now != class {
			flush()
		}
		if class = now; now != 0 {
			b.WriteRune(r)
		}
	}
	flush()
	return all
}

func compact(title string) string { return strings.Join(words(title), "") }

// entry is a place that a title can mean, and how surely.
type entry struct {
	kind, path string
	score      float64
}

// dictionary holds what titles mean for one main kind.
type dictionary struct {
	exact map[string][]entry
	all   []synonym // with kind and path as mappings have them
}

// Scores of what a title says. Below exact titles come similar ones, below
// those the looks of the values.
const (
	scoreOwn     = 1.0  // our own key or title, or one known for this kind
	scoreGeneral = 0.95 // known for any kind
	scoreLooks   = 0.6
)

// dictionaryOf gathers titles for a kind: our own keys and titles in every
// language, the synonyms of the kind, those of any kind; for linked kinds only
// what names the kind too.
func dictionaryOf(r *record.Registry, main *record.Kind) *dictionary {
	d := &dictionary{exact: map[string][]entry{}}
	via := links(r, main)
	add := func(c string, w []string, kind, path string, score float64) {
		for _, e := range d.exact[c] {
			if e.kind == kind && e.path == path {
				return
			}
		}
		if _, err := targetOf(r, main, kind, path); err != nil {
			return
		}
		d.exact[c] = append(d.exact[c], entry{kind, path, score})
		d.all = append(d.all, synonym{w, c, kind, path})
	}
	for _, language := range lang.Languages() {
		title := lang.Text(language, "transfer.id", nil)
		add(compact(title), words(title), main.Name, idField, scoreOwn)
	}
	for _, f := range main.Shown() {
		add(compact(f.Key), []string{compact(f.Key)}, main.Name, f.Key, scoreOwn)
		for _, language := range lang.Languages() {
			title := fieldTitle(language, main, f.Key)
			add(compact(title), words(title), main.Name, f.Key, scoreOwn)
		}
	}
	known := knownSynonyms()
	for _, general := range []bool{false, true} {
		for _, s := range known.titles {
			if general != (s.kind == "*") || !general && s.kind != main.Name {
				continue
			}
			score := scoreOwn
			if general {
				score = scoreGeneral
			}
			kind, path := main.Name, s.path
			if first, rest, ok := strings.Cut(path, "."); ok && via[first] != nil {
				kind, path = first, rest
			}
			add(s.compact, s.words, kind, path, score)
		}
	}
	return d
}

// fieldTitle is what people call a field.
func fieldTitle(language string, k *record.Kind, key string) string {
	if f := k.Field(key); f != nil && f.Own {
		return f.Label
	}
	name := k.Module + ".field." + k.Name + "." + key
	if title := lang.Text(language, name, nil); title != name {
		return title
	}
	return key
}

// optionOf finds the option of a choice by its key, its title in any language,
// or a synonym.
func optionOf(k *record.Kind, f *record.Field, text string) (string, bool) {
	c := compact(text)
	for _, option := range slices.Concat(f.Options, f.Retired) {
		if compact(option) == c {
			return option, true
		}
		for _, language := range lang.Languages() {
			if compact(optionTitle(language, k, f, option)) == c {
				return option, true
			}
		}
	}
	option, ok := knownSynonyms().options[f.Key][c]
	return option, ok
}

// optionTitle is what people call an option.
func optionTitle(language string, k *record.Kind, f *record.Field, option string) string {
	name := k.Module + ".option." + k.Name + "." + f.Key + "." + option
	if title := lang.Text(language, name, nil); title != name {
		return title
	}
	return option
}
