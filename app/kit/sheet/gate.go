package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"kontor/app/kit/fault"
)

// Limits of what is opened. A workbook of 100,000 rows and 15 columns unpacks
// to 60 MB at a ratio of about 10.
const (
	maxFile     = 512 << 20
	maxUnpacked = 512 << 20
	maxRatio    = 200     // unpacked bytes to packed bytes of one part
	ratioFrom   = 1 << 20 // smaller parts may pack as well as they like
	maxSheets   = 200
	maxParts    = 20000
)

// excelDefaultPassword encrypts workbooks that Excel protects against writing
// only; every program opens them without asking ([MS-OFFCRYPTO] 2.4.2.3).
const excelDefaultPassword = "VelvetSweatshop"

// opened is a file that has passed the gate.
type opened struct {
	name  string
	file  *os.File
	size  int64
	parts *parts // of a workbook; nil for a text file
}

func (o *opened) Close() error { return o.file.Close() }

// openFile looks at the first bytes of a file, not at its name, to tell what it
// is. The name only tells a broken workbook from a text file.
func openFile(name, password string) (*opened, error) {
	base := filepath.Base(name)
	params := fault.Params{"file": base}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, fault.NotFound("sheet.missing", params).At("file").Because(err)
	case err != nil:
		return nil, fault.Unavailable("sheet.unreadable", params, err).At("file")
	case !info.Mode().IsRegular():
		return nil, fault.Invalid("file", "sheet.notFile", params)
	case info.Size() == 0:
		return nil, fault.Invalid("file", "sheet.empty", params)
	case info.Size() > maxFile:
		return nil, fault.New(fault.CodeTooLarge, "sheet.tooLarge",
			fault.Params{"file": base, "limit": maxFile >> 20}).At("file")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fault.Unavailable("sheet.unreadable", params, err).At("file")
	}
	o := &opened{name: base, file: f, size: info.Size()}
	if err := o.recognise(password); err != nil {
		f.Close()
		return nil, err
	}
	return o, nil
}

func (o *opened) recognise(password string) error {
	head := make([]byte, 4096)
	n, err := o.file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return fault.Unavailable("sheet.unreadable", fault.Params{"file": o.name}, err).At("file")
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return o.openWorkbook(o.file, o.size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return o.openCompound(password)
	case looksHTML(head):
		return o.refuse("sheet.html", nil)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return o.refuse("sheet.unsupported", fault.Params{"format": "PDF"})
	}
	switch strings.ToLower(filepath.Ext(o.name)) {
	case ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods":
		return o.refuse("sheet.notWorkbook", nil)
	case ".slk":
		return o.refuse("sheet.unsupported", fault.Params{"format": ".slk"})
	}
	return nil
}

// refuse makes a fault about the file.
func (o *opened) refuse(key string, more fault.Params) *fault.Error {
	params := fault.Params{"file": o.name}
	for k, v := range more {
		params[k] = v
	}
	return fault.Invalid("file", key, params)
}

// looksHTML recognises the web pages that some systems offer as spreadsheets.
func looksHTML(head []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(head, "\xEF\xBB\xBF \t\r\n"))
	for _, mark := range []string{"<!doctype html", "<html", "<table", "<meta "} {
		if bytes.HasPrefix(start, []byte(mark)) {
			return true
		}
	}
	return false
}

// openCompound takes an OLE compound file: an encrypted workbook, or an old .xls.
func (o *opened) openCompound(password string) error {
	raw, err := io.ReadAll(io.NewSectionReader(o.file, 0, o.size))
	if err != nil {
		return fault.Unavailable("sheet.unreadable", fault.Params{"file": o.name}, err).At("file")
	}
	switch {
	case hasStream(raw, "EncryptedPackage"):
	case hasStream(raw, "Workbook"), hasStream(raw, "Book"), hasStream(raw, "WORKBOOK"):
		return o.refuse("sheet.oldFormat", nil)
	default:
		return o.refuse("sheet.notWorkbook", nil)
	}
	try := password
	if try == "" {
		try = excelDefaultPassword
	}
	plain, err := excelize.Decrypt(raw, &excelize.Options{Password: try})
	if err != nil || !bytes.HasPrefix(plain, []byte("PK")) {
		key := "sheet.passwordWrong"
		if password == "" {
			key = "sheet.passwordNeeded"
		}
		return o.refuse(key, nil).At("password").Because(err)
	}
	return o.openWorkbook(bytes.NewReader(plain), int64(len(plain)))
}

// hasStream looks for a name among the directory entries of a compound file,
// which stand there in UTF-16 and end with a zero.
func hasStream(raw []byte, name string) bool {
	var mark []byte
	for _, u := range utf16.Encode([]rune(name + "\x00")) {
		mark = append(mark, byte(u), byte(u>>8))
	}
	return bytes.Contains(raw, mark)
}

// parts are the entries of a workbook's zip by lower-case name: programs do not
// agree on xl/SharedStrings.xml.
type parts struct {
	byName map[string]*zip.File
	tick   func(int64) // told how many bytes were unpacked, now and then
}

// openWorkbook checks the directory of the zip before anything is unpacked.
func (o *opened) openWorkbook(r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return o.refuse("sheet.truncated", nil).Because(err)
	}
	if len(z.File) > maxParts {
		return o.refuse("sheet.bomb", fault.Params{"limit": maxUnpacked >> 20})
	}
	p := &parts{byName: make(map[string]*zip.File, len(z.File)), tick: func(int64) {}}
	var total, sheets uint64
	for _, f := range z.File {
		name := partName(f.Name)
		if path.Clean("/"+name) != "/"+strings.TrimSuffix(name, "/") || p.byName[name] != nil {
			return o.refuse("sheet.unsafe", fault.Params{"name": f.Name})
		}
		p.byName[name] = f
		total += f.UncompressedSize64
		bomb := f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio
		if bomb || total > maxUnpacked || f.UncompressedSize64 > maxUnpacked {
			return fault.New(fault.CodeTooLarge, "sheet.bomb",
				fault.Params{"file": o.name, "limit": maxUnpacked >> 20}).At("file")
		}
		if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") {
			sheets++
		}
	}
	if sheets > maxSheets {
		return fault.New(fault.CodeTooLarge, "sheet.tooManySheets",
			fault.Params{"file": o.name, "count": sheets, "limit": maxSheets}).At("file")
	}
	o.parts = p
	return o.mustBeWorkbook()
}

// mustBeWorkbook names the other kinds of zip that people choose by mistake.
func (o *opened) mustBeWorkbook() error {
	for _, known := range []struct{ part, format string }{
		{"xl/workbook.bin", ".xlsb"},
		{"content.xml", ".ods"},
		{"word/document.xml", ".docx"},
		{"ppt/presentation.xml", ".pptx"},
		{"index/document.iwa", ".numbers"},
	} {
		if o.parts.byName[known.part] != nil {
			return o.refuse("sheet.unsupported", fault.Params{"format": known.format})
		}
	}
	if o.parts.byName["[content_types].xml"] == nil && o.parts.byName["xl/workbook.xml"] == nil {
		return o.refuse("sheet.notWorkbook", nil)
	}
	return nil
}

// partName brings the spellings of an entry's name together.
func partName(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
}

// find gives a part by its name, with or without the slash of the root.
func (p *parts) find(name string) *zip.File {
	return p.byName[partName(strings.TrimPrefix(name, "/"))]
}

// size is what a part unpacks to.
func (p *parts) size(name string) int64 {
	if f := p.find(name); f != nil {
		return int64(f.UncompressedSize64)
	}
	return 0
}

// open unpacks a part. It ends with an error when the part is longer than the
// directory said, since the gate relied on that.
func (p *parts) open(name string) (io.ReadCloser, error) {
	f := p.find(name)
	if f == nil {
		return nil, os.ErrNotExist
	}
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &partReader{ReadCloser: rc, left: int64(f.UncompressedSize64), tick: p.tick}, nil
}

type partReader struct {
	io.ReadCloser
	left    int64
	pending int64
	tick    func(int64)
}

// tickEvery is how many unpacked bytes count as progress.
const tickEvery = 1 << 20

func (r *partReader) Read(b []byte) (int, error) {
	n, err := r.ReadCloser.Read(b)
	if r.left -= int64(n); r.left < 0 {
		return 0, zip.ErrFormat
	}
	if r.pending += int64(n); r.pending >= tickEvery {
		r.tick(r.pending)
		r.pending = 0
	}
	return n, err
}
