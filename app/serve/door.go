package serve

import (
	"crypto/subtle"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync"

	"kontor/app"
	"kontor/app/access"
	"kontor/app/api"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

// cookieName carries the browser's session.
const cookieName = "kontor"

// door lets requests in and answers those that need no workspace.
type door struct {
	app   *app.App
	api   *api.API
	host  string
	token string
	pages http.Handler
	files fs.FS

	mu       sync.Mutex
	key      string // of the one-time link; empty once used
	sessions map[string]bool
}

// contentPolicy allows our own pages and nothing else. Styles are set inline by
// the component library; scripts never are.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if !d.ownHost(r.Host) || !d.ownOrigin(r) {
		d.refuse(w, r, fault.New(fault.CodeForbidden, "fault.origin", nil))
		return
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		d.page(w, r)
		return
	}
	h.Set("Cache-Control", "no-store")
	if r.URL.Path == "/api/session" && r.Method == http.MethodPost {
		d.enter(w, r)
		return
	}
	user, err := d.who(r)
	if err != nil {
		d.refuse(w, r, err)
		return
	}
	ctx := api.WithDoor(record.WithAct(r.Context(), record.Act{Actor: user.ID}), "browser")
	if r.URL.Path == "/api/events" && r.Method == http.MethodGet {
		d.events(w, r.WithContext(ctx))
		return
	}
	d.api.ServeHTTP(w, r.WithContext(ctx))
}

// ownHost refuses requests that reached us under another name.
func (d *door) ownHost(host string) bool {
	if host == d.host {
		return true
	}
	name, port, err := net.SplitHostPort(host)
	_, own, _ := net.SplitHostPort(d.host)
	return err == nil && name == "localhost" && port == own
}

// ownOrigin refuses what another page asks of us. A browser names the origin of
// every request that is not a plain GET.
func (d *door) ownOrigin(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" && strings.HasPrefix(r.URL.Path, "/api/") {
		return false
	}
	origin := r.Header.Get("Origin")
	return origin == "" || origin == "http://"+r.Host
}

func (d *door) refuse(w http.ResponseWriter, r *http.Request, err error) {
	api.WriteFault(w, r, lang.Match(r.Header.Get("Accept-Language"), d.app.Settings.Text("language")), err)
}

// enter turns the key of the one-time link into a session.
func (d *door) enter(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Key string `json:"key"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&in); err != nil {
		d.refuse(w, r, fault.Invalid("key", "fault.badRequest", fault.Params{"problem": "key"}))
		return
	}
	d.mu.Lock()
	fits := d.key != "" && subtle.ConstantTimeCompare([]byte(d.key), []byte(in.Key)) == 1
	session := access.NewSecret()
	if fits {
		d.key = ""
		d.sessions[session] = true
	}
	d.mu.Unlock()
	if !fits {
		d.refuse(w, r, fault.New(fault.CodeUnauthorized, "fault.linkUsed", nil))
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName, Value: session, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	w.WriteHeader(http.StatusNoContent)
}

// who tells as whom a request acts: by session, or by a program's token.
func (d *door) who(r *http.Request) (access.User, error) {
	q := d.app.DB.Reader()
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		if d.token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(d.token)) == 1 {
			return d.app.Access.Owner(r.Context(), q)
		}
		return d.app.Access.ByToken(r.Context(), q, token)
	}
	cookie, err := r.Cookie(cookieName)
	if err != nil {
		return access.User{}, fault.New(fault.CodeUnauthorized, "fault.unauthorized", nil)
	}
	d.mu.Lock()
	known := d.sessions[cookie.Value]
	d.mu.Unlock()
	if !known {
		return access.User{}, fault.New(fault.CodeUnauthorized, "fault.unauthorized", nil)
	}
	return d.app.Access.Owner(r.Context(), q)
}

// page serves the built front end. Its files carry a hash in their names and
// may be kept; the page that names them may not.
func (d *door) page(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		w.Header().Set("Cache-Control", "no-cache")
	}
	if _, err := fs.Stat(d.files, "index.html"); err != nil {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("This build of Kontor has no pages. Build it with build/run.\n"))
		return
	}
	d.pages.ServeHTTP(w, r)
}
