package mail_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"kontor/app/mail"
	"kontor/mailsync/mailtest"
	"kontor/storage/storagetest"
)

// The beginnings by which pictures are known.
const (
	png  = "\x89PNG\x0d\x0a\x1a\x0a"
	jpeg = "\xff\xd8\xff"
	gif  = "GIF89a"
	webp = "RIFF\x00\x00\x00\x00WEBPVP8 "
	bmp  = "BM"
)

// gallery is a server of pictures; it counts and judges what is asked.
type gallery struct {
	*httptest.Server
	asked atomic.Int32
}

func open(t testing.TB) *gallery {
	g := &gallery{}
	serve := func(content string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png") // whatever it is
			_, _ = w.Write([]byte(content))
		}
	}
	mux := http.NewServeMux()
	for name, content := range map[string]string{
		"png": png, "jpeg": jpeg, "gif": gif, "webp": webp, "bmp": bmp, "empty": "", "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "page": "<!doctype html><script>x()</script>",
		"full": png + strings.Repeat("x", mail.MaxPicture-len(png)), "large": png + strings.Repeat("x", mail.MaxPicture), "packed": "\x1f\x8b\x08rest", "icon": "\x00\x00\x01\x00rest",
	} {
		mux.HandleFunc("/"+name, serve(content))
	}
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		to := "/png"
		if n := r.PathValue("n"); n != "1" {
			to = "/hop/" + string(n[0]-1)
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "you", Path: "/"})
		http.Redirect(w, r, to, http.StatusFound)
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.asked.Add(1)
		for _, name := range []string{"Cookie", "Referer", "Authorization", "Accept-Encoding", "Accept-Language"} {
			if value := r.Header.Get(name); value != "" {
				t.Errorf("%s is asked with %s: %s", r.URL.Path, name, value)
			}
		}
		if agent := r.UserAgent(); agent != "Mozilla/5.0" {
			t.Errorf("%s is asked by %q", r.URL.Path, agent)
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(g.Close)
	return g
}

func everywhere(netip.Addr) bool { return true }

// TestPicturesOfAMail: what was asked for stands in the page as data, the rest
// is named, and no address of a picture is left.
func TestPicturesOfAMail(t *testing.T) {
	g := open(t)
	d := sit(t).open(storagetest.Clock())
	d.Mail.ReachAll()
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada", "email": "ada@falcon.example"})
	good := []string{"png", "jpeg", "gif", "webp", "bmp", "full", "hop/1", "hop/5", "png?a=1&amp;b=2"}
	bad := []string{"empty", "svg", "page", "large", "packed", "icon", "none", "hop/6", "away?to=file:///etc/passwd", "away?to=ftp://x.example/p.png", "away?to=http://me:secret@127.0.0.1/png"}
	var page strings.Builder
	for _, path := range append(good, bad...) {
		fmt.Fprintf(&page, `<img src="%s/%s" srcset="%s/png 2x" alt="p">`, g.URL, path, g.URL)
	}
	fmt.Fprintf(&page, `<table background="%s/png" style="background:url(%s/png)"><tr><td style="background-image:url('%s/png')">x</td></tr></table>`, g.URL, g.URL, g.URL)
	d.deliver("INBOX", letter{id: "1@x", from: "ada@falcon.example", to: mailtest.Owner, subject: "Pictures", header: "Content-Type: text/html\r\n", text: page.String()})
	d.add(d.account())
	d.sync(false)
	id := d.only(ada).ID
	safe, err := d.Mail.HTML(d.ctx, id, false)
	d.check(err)
	if n := g.asked.Load(); n != 0 || len(safe.Blocked) != len(good)+len(bad) || strings.Contains(safe.HTML, g.URL) {
		t.Fatalf("%d asked, %d blocked: %s", n, len(safe.Blocked), safe.HTML)
	}
	safe, err = d.Mail.HTML(d.ctx, id, true)
	d.check(err)
	var want []string
	for _, path := range bad {
		want = append(want, g.URL+"/"+path)
	}
	if !slices.Equal(safe.Blocked, want) {
		t.Errorf("blocked %q\nwant %q", safe.Blocked, want)
	}
	if strings.Contains(safe.HTML, g.URL) || strings.Count(safe.HTML, `src="data:image/`) != len(good) || strings.Count(safe.HTML, "data-remote") != len(bad) {
		t.Errorf("page %.3000s", safe.HTML)
	}
	for kind, content := range map[string]string{"png": png, "jpeg": jpeg, "gif": gif, "webp": webp, "bmp": bmp} {
		if data := "data:image/" + kind + ";base64," + base64.StdEncoding.EncodeToString([]byte(content)); !strings.Contains(safe.HTML, data) {
			t.Errorf("%s is missing", kind)
		}
	}
}

// TestPicturesAreBounded in number and size, also where one stands many times.
func TestPicturesAreBounded(t *testing.T) {
	g := open(t)
	var many, large []string
	for i := range mail.MaxPictures + 10 {
		many = append(many, fmt.Sprintf("%s/png?%d", g.URL, i))
	}
	if album := mail.Pictures(t.Context(), everywhere, many...); len(album) != mail.MaxPictures || g.asked.Load() != mail.MaxPictures {
		t.Errorf("%d of %d pictures, %d asked", len(album), len(many), g.asked.Load())
	}
	for i := range 8 {
		large = append(large, fmt.Sprintf("%s/full?%d", g.URL, i))
	}
	if album := mail.Pictures(t.Context(), everywhere, large...); len(album) != mail.MaxAlbum/mail.MaxPicture {
		t.Errorf("%d large pictures", len(album))
	}
	d := sit(t).open(storagetest.Clock())
	d.Mail.ReachAll()
	ada := d.save(d.Contacts.Person, 0, map[string]any{"name": "Ada", "email": "ada@falcon.example"})
	d.deliver("INBOX", letter{id: "1@x", from: "ada@falcon.example", to: mailtest.Owner, subject: "Again", header: "Content-Type: text/html\r\n", text: strings.Repeat(`<img src="`+g.URL+`/full">`+"\r\n", 500)})
	d.add(d.account())
	d.sync(false)
	safe, err := d.Mail.HTML(d.ctx, d.only(ada).ID, true)
	if err != nil || len(safe.HTML) > mail.MaxShown+100_000 || len(safe.Blocked) != 1 || !strings.Contains(safe.HTML, "data:image/png") {
		t.Errorf("a page of %d bytes, %v", len(safe.HTML), err)
	}
}

// TestPicturesBrokenOff: who leaves does not wait for a server that does not
// answer.
func TestPicturesBrokenOff(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	defer silent.Close()
	if album := mail.Pictures(ctx, everywhere, silent.URL+"/p.png"); len(album) != 0 {
		t.Errorf("got %v", album)
	}
}

func TestPublicAddresses(t *testing.T) {
	for _, c := range []struct {
		address string
		public  bool
	}{
		{"93.184.216.34", true},
		{"2606:2800:220:1:248:1893:25c8:1946", true},
		{"::ffff:93.184.216.34", true},
		{"127.0.0.1", false},
		{"127.8.9.10", false},
		{"::1", false},
		{"::ffff:127.0.0.1", false},
		{"::127.0.0.1", false},
		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"::", false},
		{"::ffff:0.0.0.0", false},
		{"10.0.0.1", false},
		{"10.255.255.255", false},
		{"172.16.0.1", false},
		{"172.31.255.255", false},
		{"172.32.0.1", true},
		{"192.168.1.1", false},
		{"::ffff:192.168.1.1", false},
		{"100.64.0.1", false},
		{"100.127.255.255", false},
		{"100.128.0.1", true},
		{"169.254.169.254", false},
		{"::ffff:169.254.169.254", false},
		{"fe80::1", false},
		{"fe80::1%eth0", false},
		{"fd00:ec2::254", false},
		{"fec0::1", false},
		{"224.0.0.251", false},
		{"ff02::1", false},
		{"240.0.0.1", false},
		{"255.255.255.255", false},
		{"192.0.0.1", false},
		{"192.0.2.1", false},
		{"198.18.0.1", false},
		{"198.51.100.1", false},
		{"203.0.113.1", false},
		{"64:ff9b::7f00:1", false},
		{"64:ff9b:1::7f00:1", false},
		{"2002:7f00:1::", false},
		{"2001:0:7f00:1::", false},
		{"2001:db8::1", false},
	} {
		if got := mail.Public(netip.MustParseAddr(c.address)); got != c.public {
			t.Errorf("%s is public: %v", c.address, got)
		}
	}
	if mail.Public(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

// TestGuard: an address inside is refused before anybody is asked, however it is
// written and whoever leads there.
func TestGuard(t *testing.T) {
	g := open(t)
	_, port, err := net.SplitHostPort(strings.TrimPrefix(g.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0.0.0.0", "[::]", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "[fd00::1]", "224.0.0.1"} {
		if err := mail.Picture(t.Context(), mail.Public, "http://"+host+":"+port+"/png"); !errors.Is(err, mail.ErrRefused) && !errors.Is(err, syscall.EAFNOSUPPORT) { // where there is no IPv6
			t.Errorf("%s: %v", host, err)
		}
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://x.example/p.png", "http://me:secret@x.example/p.png", "http:///p.png", "//x.example/p.png", "p.png", ""} {
		if err := mail.Picture(t.Context(), everywhere, address); err == nil {
			t.Errorf("%q was fetched", address)
		}
	}
	// The first server may be asked, as if it were a public one; the one that it
	// leads to is this computer.
	inside := open(t)
	for _, to := range []string{inside.URL + "/png", strings.Replace(inside.URL, "127.0.0.1", "localhost", 1) + "/png", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/p.png"} {
		var before atomic.Bool
		first := func(a netip.Addr) bool { return !before.Swap(true) || mail.Public(a) }
		if err := mail.Picture(t.Context(), first, g.URL+"/away?to="+to); !errors.Is(err, mail.ErrRefused) {
			t.Errorf("a redirect to %s: %v", to, err)
		}
	}
	if g.asked.Load() != 4 || inside.asked.Load() != 0 {
		t.Errorf("%d and %d were asked", g.asked.Load(), inside.asked.Load())
	}
	if got := mail.Pictures(t.Context(), mail.Public, g.URL+"/png"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
