//go:build desktop

package window

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGivenFiles(t *testing.T) {
	w := &Window{language: "en"}
	left := http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusTeapot) })
	ask := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		w.withGiven(left).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return rec
	}
	dir := t.TempDir()
	plain := filepath.Join(dir, `Plan <b>"ä"&.txt`)
	if err := os.WriteFile(plain, []byte("Hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	huge := filepath.Join(dir, "huge.bin")
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, maxGiven+1); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		want       Given
		status     int
		body       string
	}{
		{"a file", plain, Given{Name: `Plan <b>"ä"&.txt`, Size: 5}, http.StatusOK, "Hello"},
		{"one too large", huge, Given{Name: "huge.bin", Size: maxGiven + 1}, http.StatusRequestEntityTooLarge, "200 MB"},
		{"a folder", dir, Given{Name: filepath.Base(dir), Size: -1, Folder: true}, http.StatusUnprocessableEntity, "no file"},
		{"what has no end", "/dev/zero", Given{Name: "zero", Size: -1}, http.StatusUnprocessableEntity, "no file"},
		{"what is gone", filepath.Join(dir, "gone"), Given{Name: "gone", Size: -1}, http.StatusServiceUnavailable, "gone cannot be read"},
		{"a name of no language", filepath.Join(dir, "a\xff"), Given{Name: "a�", Size: -1}, http.StatusServiceUnavailable, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := w.given.add([]string{c.path})[0]
			token := got.Token
			got.Token = ""
			if got != c.want {
				t.Errorf("offered as %+v, want %+v", got, c.want)
			}
			first, second := ask(givenPath+token), ask(givenPath+token)
			if first.Code != c.status || !strings.Contains(first.Body.String(), c.body) || strings.Contains(first.Body.String(), dir) {
				t.Errorf("answered %d %s", first.Code, first.Body)
			}
			if second.Code != http.StatusNotFound {
				t.Errorf("a second reading is answered %d", second.Code)
			}
		})
	}
	for path, want := range map[string]int{givenPath: http.StatusNotFound, givenPath + "../../etc/passwd": http.StatusNotFound, "/api/session": http.StatusTeapot} {
		if got := ask(path); got.Code != want {
			t.Errorf("%s is answered %d", path, got.Code)
		}
	}
}

func TestDroppedFilesAreGivenOnce(t *testing.T) {
	native := &Native{&Window{}}
	count := func() int {
		files, err := native.Dropped()
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	dragged([]string{"/a", "/b"})
	if n := count(); n != 0 {
		t.Errorf("%d files are given while they are only dragged over the window", n)
	}
	letGo()
	if n := count(); n != 2 {
		t.Errorf("%d files of a drop", n)
	}
	if n := count(); n != 0 {
		t.Errorf("%d files are given again", n)
	}
	dragged([]string{"/a"})
	dragged(nil) // a text follows
	letGo()
	if n := count(); n != 0 {
		t.Errorf("%d files of a dropped text", n)
	}
}
