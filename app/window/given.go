//go:build desktop

package window

import (
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"kontor/app/api"
	"kontor/app/kit/fault"
)

// givenPath is where a page reads a file that somebody gave it.
const givenPath = "/api/window/files/"

// maxGiven bounds such a file: a page holds all of it at once. It is the bound of
// files that Kontor keeps, and of imports.
const maxGiven = 200 << 20

// Given is a file that somebody chose or dropped. A page learns its name and its
// size, never its path, and reads it by its token.
type Given struct {
	Token  string `json:"token"`
	Name   string `json:"name"`
	Size   int64  `json:"size"` // -1 where it is not known
	Folder bool   `json:"folder"`
}

// given are the files that pages may read, by their tokens. Nothing else of the
// disk can be reached through them.
type given struct {
	mu    sync.Mutex
	paths map[string]string
}

// add lets the pages read files.
func (g *given) add(paths []string) []Given {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.paths == nil {
		g.paths = map[string]string{}
	}
	files := make([]Given, 0, len(paths))
	for _, path := range paths {
		file := Given{Token: rand.Text(), Name: strings.ToValidUTF8(filepath.Base(path), "�"), Size: -1}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			file.Folder = true
		} else if err == nil && info.Mode().IsRegular() {
			file.Size = info.Size()
		}
		g.paths[file.Token] = path
		files = append(files, file)
	}
	return files
}

// open opens a file by its token, which serves once. What is no ordinary file
// might never come to an end, or never begin.
func (g *given) open(token string) (file *os.File, size int64, err error) {
	g.mu.Lock()
	path, ok := g.paths[token]
	delete(g.paths, token)
	g.mu.Unlock()
	if !ok {
		return nil, 0, fault.New(fault.CodeNotFound, "window.notGiven", nil)
	}
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return nil, 0, fault.New(fault.CodeInvalid, "window.notFile", fault.Params{"file": filepath.Base(path)})
	}
	if err == nil && info.Size() > maxGiven {
		return nil, 0, fault.New(fault.CodeTooLarge, "window.tooLarge", fault.Params{"file": filepath.Base(path), "limit": maxGiven >> 20})
	}
	if err == nil {
		file, err = os.Open(path)
	}
	if err != nil {
		return nil, 0, unreadable(filepath.Base(path), err) // a page never learns a path
	}
	return file, info.Size(), nil
}

// withGiven answers the pages' questions for given files, and leaves all others
// to next.
func (w *Window) withGiven(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		token, mine := strings.CutPrefix(r.URL.Path, givenPath)
		if !mine {
			next.ServeHTTP(rw, r)
			return
		}
		file, size, err := w.given.open(token)
		if err != nil {
			api.WriteFault(rw, r, w.language, err)
			return
		}
		defer file.Close()
		rw.Header().Set("Content-Type", "application/octet-stream")
		rw.Header().Set("Content-Length", strconv.FormatInt(size, 10))
		rw.Header().Set("Cache-Control", "no-store")
		if n, err := io.Copy(rw, io.LimitReader(file, size)); err != nil || n < size {
			slog.Warn("a given file", "sent", n, "size", size, "err", err)
		}
	})
}

// dropped are the files that somebody drags over the window, and those they let
// go of over it. There is one window in a process.
var dropped struct {
	sync.Mutex
	held, let []string
	tell      func(held bool)
	telling   sync.Mutex // what is told last is what is so
}

// dragged hears which files are over the window now; none may be.
func dragged(paths []string) {
	dropped.Lock()
	defer dropped.Unlock()
	dropped.held = paths
	go tellDragged() // never hold up the desktop's own thread
}

// tellDragged tells the page whether files are over the window.
func tellDragged() {
	dropped.telling.Lock()
	defer dropped.telling.Unlock()
	dropped.Lock()
	tell, held := dropped.tell, len(dropped.held) > 0
	dropped.Unlock()
	if tell != nil {
		tell(held)
	}
}

// letGo hears that what is over the window was dropped.
func letGo() {
	dropped.Lock()
	defer dropped.Unlock()
	dropped.let, dropped.held = dropped.held, nil
}

// Dropped answers the files of the last drop, once, where the webview itself does
// not hand them to the page.
func (n *Native) Dropped() (files []Given, err error) {
	defer caught(&err)
	dropped.Lock()
	paths := dropped.let
	dropped.let = nil
	dropped.Unlock()
	return n.w.given.add(paths), nil
}
