package sheet

import (
	"bytes"
	"io"
	"path"
	"strconv"
	"strings"
)

// workbook is what the parts around the sheets say.
type workbook struct {
	parts    *parts
	sheets   []worksheet
	strings  string // part with the shared strings, empty if there is none
	formats  []string
	date1904 bool
}

type worksheet struct {
	name   string
	part   string
	hidden bool
}

// readWorkbook follows the relationships from the root to the sheets, as the
// format wants (ECMA-376 part 2), because not every program uses the usual names.
func readWorkbook(p *parts) (*workbook, error) {
	w := &workbook{parts: p}
	main := "xl/workbook.xml"
	root, err := readRelations(p, "_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, r := range root {
		if r.kind == "officeDocument" {
			main = r.target
		}
	}
	dir, base := path.Split(main)
	relations, err := readRelations(p, dir+"_rels/"+base+".rels", dir)
	if err != nil {
		return nil, err
	}
	styles := ""
	for _, r := range relations {
		switch r.kind {
		case "sharedStrings":
			w.strings = r.target
		case "styles":
			styles = r.target
		}
	}
	if err := w.readSheets(main, relations); err != nil {
		return nil, err
	}
	if styles != "" && p.find(styles) != nil {
		if err := w.readFormats(styles); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// each calls a function for every start tag of a part.
func (p *parts) each(part string, do func(s *scanner, parent string) error) error {
	r, err := p.open(part)
	if err != nil {
		return &partError{part: part, err: err}
	}
	defer r.Close()
	s := newScanner(r)
	var parents []string
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return &partError{part: part, err: err}
		case t == tokenEOF:
			return nil
		case t == tokenStart:
			parent := ""
			if len(parents) > 0 {
				parent = parents[len(parents)-1]
			}
			parents = append(parents, string(s.name))
			if err := do(s, parent); err != nil {
				return err
			}
		case t == tokenEnd:
			parents = parents[:len(parents)-1]
		}
	}
}

// partError tells which part of a workbook could not be read.
type partError struct {
	part string
	err  error
}

func (e *partError) Error() string { return e.part + ": " + e.err.Error() }
func (e *partError) Unwrap() error { return e.err }

type relation struct{ id, kind, target string }

// readRelations reads a part of relationships; a missing one is none.
func readRelations(p *parts, part, dir string) ([]relation, error) {
	if p.find(part) == nil {
		return nil, nil
	}
	var all []relation
	err := p.each(part, func(s *scanner, _ string) error {
		if string(s.name) != "Relationship" {
			return nil
		}
		target := strings.ReplaceAll(s.attrText("Target"), `\`, "/")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		all = append(all, relation{s.attrText("Id"), path.Base(s.attrText("Type")), target})
		return nil
	})
	return all, err
}

// readSheets lists the worksheets; sheets of charts, dialogs and old macros
// have no rows and are left out.
func (w *workbook) readSheets(main string, relations []relation) error {
	return w.parts.each(main, func(s *scanner, parent string) error {
		switch string(s.name) {
		case "workbookPr":
			w.date1904 = isTrue(s.attr("date1904"))
		case "sheet":
			if parent != "sheets" {
				return nil
			}
			id := relationID(s)
			for _, r := range relations {
				if r.id == id && r.kind == "worksheet" && w.parts.find(r.target) != nil {
					w.sheets = append(w.sheets, worksheet{
						name:   s.attrText("name"),
						part:   r.target,
						hidden: bytes.HasSuffix(bytes.ToLower(s.attr("state")), []byte("hidden")),
					})
				}
			}
		}
		return nil
	})
}

// relationID finds the attribute r:id under whatever prefix the file uses.
func relationID(s *scanner) string {
	for _, field := range bytes.Fields(s.attrs) {
		key, _, ok := bytes.Cut(field, []byte("="))
		if prefix, local, prefixed := bytes.Cut(key, []byte(":")); ok && prefixed && string(local) == "id" && len(prefix) > 0 {
			return s.attrText(string(key))
		}
	}
	return s.attrText("id")
}

func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }

// readFormats lists the number format code of each cell style.
func (w *workbook) readFormats(part string) error {
	custom := map[int]string{}
	return w.parts.each(part, func(s *scanner, parent string) error {
		switch string(s.name) {
		case "numFmt":
			if parent == "numFmts" {
				id, _ := strconv.Atoi(string(s.attr("numFmtId")))
				custom[id] = s.attrText("formatCode")
			}
		case "xf":
			if parent == "cellXfs" {
				id, _ := strconv.Atoi(string(s.attr("numFmtId")))
				code, ok := custom[id]
				if !ok {
					code = builtInFormat(id)
				}
				w.formats = append(w.formats, code)
			}
		}
		return nil
	})
}

// sharedStrings are the texts that cells refer to by number. They are cut out
// of common blocks, which takes a third of the memory of single strings.
type sharedStrings struct {
	texts []string
	block []byte
	ends  []int
}

const stringBlock = 64 << 10

func (t *sharedStrings) add(text []byte) {
	t.block = append(t.block, text...)
	t.ends = append(t.ends, len(t.block))
	if len(t.block) >= stringBlock {
		t.seal()
	}
}

func (t *sharedStrings) seal() {
	block, from := string(t.block), 0
	for _, end := range t.ends {
		t.texts = append(t.texts, block[from:end])
		from = end
	}
	t.block, t.ends = t.block[:0], t.ends[:0]
}

// readStrings loads the shared strings: rich text joined, without the phonetic
// guides (rPh) of Japanese texts.
func (w *workbook) readStrings() ([]string, error) {
	if w.strings == "" || w.parts.find(w.strings) == nil {
		return nil, nil
	}
	r, err := w.parts.open(w.strings)
	if err != nil {
		return nil, &partError{part: w.strings, err: err}
	}
	defer r.Close()
	texts, err := scanStrings(r)
	if err != nil {
		return nil, &partError{part: w.strings, err: err}
	}
	return texts, nil
}

func scanStrings(r io.Reader) ([]string, error) {
	var (
		table    sharedStrings
		text     richText
		s        = newScanner(r)
		t, err   = s.next()
		inString bool
	)
	for ; err == nil && t != tokenEOF; t, err = s.next() {
		if inString {
			if err := text.take(s, t); err != nil {
				return nil, err
			}
		}
		if string(s.name) != "si" {
			continue
		}
		switch t {
		case tokenStart:
			inString = true
			text.reset()
		case tokenEnd:
			inString = false
			table.add(text.text)
		}
	}
	table.seal()
	return table.texts, err
}

// richText collects the text of <si> and <is>.
type richText struct {
	text     []byte
	inText   bool
	phonetic bool
}

func (t *richText) reset() { *t = richText{text: t.text[:0]} }

func (t *richText) take(s *scanner, kind token) error {
	if kind == tokenText {
		if t.inText && !t.phonetic {
			return appendText(&t.text, s)
		}
		return nil
	}
	switch string(s.name) {
	case "t":
		t.inText = kind == tokenStart
	case "rPh":
		t.phonetic = kind == tokenStart
	}
	return nil
}
