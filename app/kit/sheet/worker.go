package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"time"

	"kontor/app/kit/fault"
)

// WorkerArg is the hidden first argument with which the program is started as
// the child that parses one file.
const WorkerArg = "__sheet"

// Exit codes of the child, beside those of the Go runtime.
const (
	exitOrphan = 85 // the parent is gone
	exitMemory = 86 // over the memory limit
)

// request is what the child is asked, as JSON on its standard input. The
// password goes this way because arguments can be seen by every user.
type request struct {
	Path      string
	Sheet     string // empty: describe the file; else stream this sheet
	Password  string
	Encoding  string
	Delimiter string
	SepLine   bool
	Fallback  string
	Size      int64 // of the file when it was described
	Memory    int64
}

// Worker serves as the child if the arguments of the program ask for it, and
// reports whether they did. Main and TestMain call it before anything else:
//
//	if sheet.Worker(os.Args[1:]) {
//		return
//	}
func Worker(args []string) bool {
	if len(args) == 0 || args[0] != WorkerArg {
		return false
	}
	var r request
	in := json.NewDecoder(os.Stdin)
	if err := in.Decode(&r); err != nil {
		os.Exit(exitOrphan)
	}
	go exitWithParent(os.Stdin)
	debug.SetMemoryLimit(r.Memory * 3 / 4) // collects harder before the limit ends the child
	go watchMemory(r.Memory)

	w := newFrameWriter(os.Stdout)
	err := r.serve(w)
	if err != nil {
		err = w.json(frameFault, toWire(err))
	} else {
		err = w.write(frameEnd, nil)
	}
	if err != nil || w.out.Flush() != nil {
		os.Exit(exitOrphan)
	}
	return true
}

// exitWithParent ends the child when the pipe that the parent holds is closed,
// so that a parent that was killed leaves no child working on.
func exitWithParent(in io.Reader) {
	io.Copy(io.Discard, in)
	os.Exit(exitOrphan)
}

// watchMemory ends the child above the limit: Go's own limit only asks the
// collector to work harder.
func watchMemory(limit int64) {
	sample := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	for range time.Tick(20 * time.Millisecond) {
		metrics.Read(sample)
		if int64(sample[0].Value.Uint64()-sample[1].Value.Uint64()) > limit {
			os.Exit(exitMemory)
		}
	}
}

func (r *request) serve(w *frameWriter) error {
	o, err := openFile(r.Path, r.Password)
	if err != nil {
		return err
	}
	defer o.Close()
	if r.Sheet != "" && r.Size != o.size {
		return fault.Conflict("file", "sheet.changed", fault.Params{"file": o.name})
	}
	if o.parts == nil {
		return r.text(o, w)
	}
	return r.workbook(o, w)
}

func (r *request) workbook(o *opened, w *frameWriter) error {
	var done, total int64
	o.parts.tick = func(n int64) {
		done += n
		w.progress(done, max(done, total)) // a parent that is gone is noticed elsewhere
	}
	book, err := readWorkbook(o.parts)
	if err != nil {
		return o.workbookFault(err)
	}
	if len(book.sheets) == 0 {
		return o.refuse("sheet.noSheets", nil)
	}
	if r.Sheet == "" {
		for _, s := range book.sheets {
			total += o.parts.size(s.part)
		}
		return r.describe(o, book, w)
	}
	for _, s := range book.sheets {
		if s.name != r.Sheet {
			continue
		}
		total = o.parts.size(book.strings) + o.parts.size(s.part)
		texts, err := book.readStrings()
		if err != nil {
			return o.workbookFault(err)
		}
		_, err = o.readSheet(book, s, texts, w.row)
		return err
	}
	return fault.NotFound("sheet.noSuchSheet", fault.Params{"file": o.name, "sheet": r.Sheet}).At("sheet")
}

// readSheet reads a sheet and says where it broke off.
func (o *opened) readSheet(book *workbook, s worksheet, texts []string, emit func(*Row) error) (*sheetReader, error) {
	reader, err := book.read(s.part, texts, emit)
	if err == nil {
		return reader, nil
	}
	row := 0
	if reader != nil {
		row = reader.row.Number
	}
	return nil, o.sheetFault(s.name, row, err)
}

// workbookFault is about a part that belongs to no single sheet.
func (o *opened) workbookFault(err error) error {
	if errors.Is(err, errDTD) {
		return o.refuse("sheet.dtd", nil).Because(err)
	}
	return o.refuse("sheet.damagedFile", nil).Because(err)
}

// describe measures every sheet, which also proves that all of it can be read.
func (r *request) describe(o *opened, book *workbook, w *frameWriter) error {
	b := Book{Name: o.name, Format: "xlsx"}
	for _, s := range book.sheets {
		reader, err := o.readSheet(book, s, nil, nil)
		if err != nil {
			return err
		}
		b.Sheets = append(b.Sheets, Sheet{
			Name: s.name, Hidden: s.hidden, Rows: reader.rows, Columns: reader.columns, Merged: reader.merged,
		})
	}
	return w.json(frameBook, b)
}

// sampleText is how much of a text file decides about its delimiter.
const sampleText = 256 << 10

func (r *request) text(o *opened, w *frameWriter) error {
	var done int64
	in := &partReader{
		ReadCloser: io.NopCloser(io.NewSectionReader(o.file, 0, o.size)), left: o.size,
		tick: func(n int64) { done += n; w.progress(done, o.size) },
	}
	if r.Sheet == "" {
		return r.describeText(o, in, w)
	}
	plain, err := decode(in, r.Encoding)
	if err != nil {
		return err
	}
	row, err := readCSV(plain, r.delimiter(), r.SepLine, w.row)
	if err != nil {
		return o.textFault(row, err)
	}
	return nil
}

func (r *request) delimiter() byte {
	if r.Delimiter == "" {
		return 0
	}
	return r.Delimiter[0]
}

func (o *opened) textFault(row int, err error) error {
	params := fault.Params{"row": row, "limit": maxColumns}
	switch {
	case errors.Is(err, errOpenQuote):
		return o.refuse("sheet.openQuote", params).Because(err)
	case errors.Is(err, errTooWide):
		return o.refuse("sheet.tooManyColumns", params).Because(err)
	case errors.Is(err, errCellLength):
		params["sheet"] = sheetOfText(o.name)
		return o.refuse("sheet.cellTooLong", params).Because(err)
	}
	return fault.Unavailable("sheet.unreadable", fault.Params{"file": o.name}, err).At("file")
}

// describeText finds out encoding and delimiter where the caller gave none.
func (r *request) describeText(o *opened, in io.Reader, w *frameWriter) error {
	var measure measureText
	head := make([]byte, 4096)
	n, err := io.ReadFull(in, head)
	if err == nil || err == io.ErrUnexpectedEOF || err == io.EOF {
		head = head[:n]
		measure.Write(head)
		_, err = io.Copy(&measure, in)
	}
	if err != nil {
		return fault.Unavailable("sheet.unreadable", fault.Params{"file": o.name}, err).At("file")
	}
	found := guess{r.Encoding, true}
	if r.Encoding == "" {
		found = guessEncoding(head)
		switch {
		case found.name == "" && bytes.IndexByte(head, 0) >= 0:
			return o.refuse("sheet.binary", nil)
		case found.name == "", found.name == "utf-8" && measure.broken():
			found = guess{detectCodePage(measure.beyond, r.Fallback), false}
		}
	}
	plain, err := decode(io.NewSectionReader(o.file, 0, o.size), found.name)
	if err != nil {
		return err
	}
	sample, err := io.ReadAll(io.LimitReader(plain, sampleText))
	if err != nil {
		return fault.Unavailable("sheet.unreadable", fault.Params{"file": o.name}, err).At("file")
	}
	if len(bytes.TrimSpace(sample)) == 0 && len(sample) < sampleText {
		return o.refuse("sheet.empty", nil)
	}
	delimiter, sepLine := guessDelimiter(sample, strings.ToLower(filepath.Ext(o.name)))
	if r.Delimiter != "" {
		delimiter = r.Delimiter[0]
	}
	columns := 0
	reader := newCSVReader(bytes.NewReader(sample), delimiter)
	for range sampleRows {
		fields, err := reader.read(nil)
		if err != nil {
			break
		}
		columns = max(columns, len(fields))
	}
	return w.json(frameBook, Book{
		Name: o.name, Format: "csv", Encoding: found.name, EncodingSure: found.sure,
		Delimiter: string(delimiter), SepLine: sepLine,
		Sheets: []Sheet{{Name: sheetOfText(o.name), Rows: measure.lines + 1, Columns: columns}},
	})
}

// sheetOfText names the only sheet of a text file.
func sheetOfText(file string) string {
	if name := strings.TrimSuffix(file, filepath.Ext(file)); name != "" {
		return name
	}
	return file
}
