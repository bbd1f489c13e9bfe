package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"syscall"
	"time"
)

// What is fetched of the pictures of one mail.
const (
	maxPictures    = 100
	maxPicture     = 5 << 20  // bytes of one
	maxAlbum       = 25 << 20 // bytes of all
	pictureTime    = 10 * time.Second
	albumTime      = 30 * time.Second
	picturesAtOnce = 6
	maxRedirects   = 5
)

// pictureTypes are told by the content, whatever the server calls it. SVG is
// left out: it is a document and not a picture.
var pictureTypes = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"}

// pictures fetches pictures of the network for somebody who reads a mail and
// asked for them. Their addresses are a stranger's, who must not reach through
// us what only this computer or its network can: each connection, also that of
// a redirect, is checked by the number that is really dialled.
type pictures struct {
	reachable func(netip.Addr) bool
}

var errRefused = errors.New("not an address of a picture")

// fetch gives the pictures that could be had, as data: URLs by their addresses.
func (p pictures) fetch(ctx context.Context, addresses []string) map[string]string {
	ctx, cancel := context.WithTimeout(ctx, albumTime)
	defer cancel()
	client := p.client()
	defer client.CloseIdleConnections()
	var (
		wait  sync.WaitGroup
		turns = make(chan struct{}, picturesAtOnce)
		mu    sync.Mutex
		album = map[string]string{}
		room  = maxAlbum
	)
	for _, address := range addresses[:min(len(addresses), maxPictures)] {
		wait.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					slog.Error("panic at a picture", "panic", p)
				}
			}()
			turns <- struct{}{}
			defer func() { <-turns }()
			kind, content, err := picture(ctx, client, address)
			if err != nil {
				return // the page shows that it is missing
			}
			mu.Lock()
			defer mu.Unlock()
			if room -= len(content); room < 0 {
				room += len(content)
				return
			}
			album[address] = dataURL(kind, content)
		})
	}
	wait.Wait()
	return album
}

func dataURL(kind string, content []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(content)
}

// client neither knows cookies nor says where it comes from. It asks no proxy,
// which would dial for us what is not checked, and takes nothing compressed,
// which would grow.
func (p pictures) client() *http.Client {
	dialer := net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !p.reachable(to.Addr()) {
			return errRefused
		}
		return nil
	}}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, DisableCompression: true, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(next *http.Request, before []*http.Request) error {
			next.Header.Del("Referer")
			if len(before) > maxRedirects || !ofPicture(next.URL) {
				return errRefused
			}
			return nil
		},
	}
}

// ofPicture reports whether an address may be one of a picture.
func ofPicture(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

func picture(ctx context.Context, client *http.Client, address string) (kind string, content []byte, err error) {
	ctx, cancel := context.WithTimeout(ctx, pictureTime)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", nil, err
	}
	if !ofPicture(ask.URL) {
		return "", nil, errRefused
	}
	ask.Header.Set("User-Agent", "Mozilla/5.0") // what all say; some servers refuse who says nothing
	answer, err := client.Do(ask)
	if err != nil {
		return "", nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("status %d", answer.StatusCode)
	}
	if content, err = io.ReadAll(io.LimitReader(answer.Body, maxPicture+1)); err != nil {
		return "", nil, err
	}
	if kind = http.DetectContentType(content); len(content) > maxPicture || !slices.Contains(pictureTypes, kind) {
		return "", nil, fmt.Errorf("%d bytes or more of %s", len(content), kind)
	}
	return kind, content, nil
}

// global6 is all that is given out of IPv6; mapped, translated and compatible
// IPv4 addresses are outside of it.
var global6 = netip.MustParsePrefix("2000::/3")

// special are blocks that look public and are not, or that lead into others
// (https://www.iana.org/assignments/iana-ipv4-special-registry, and -ipv6-).
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),       // this network
	netip.MustParsePrefix("100.64.0.0/10"),   // behind a provider's NAT
	netip.MustParsePrefix("192.0.0.0/24"),    // protocols
	netip.MustParsePrefix("192.0.2.0/24"),    // documentation
	netip.MustParsePrefix("192.88.99.0/24"),  // 6to4
	netip.MustParsePrefix("198.18.0.0/15"),   // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"), // documentation
	netip.MustParsePrefix("203.0.113.0/24"),  // documentation
	netip.MustParsePrefix("240.0.0.0/4"),     // reserved
	netip.MustParsePrefix("2001::/23"),       // protocols, Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),   // documentation
	netip.MustParsePrefix("2002::/16"),       // 6to4
	netip.MustParsePrefix("3fff::/20"),       // documentation
}

// public reports whether an address is one of the open internet. Loopback,
// link-local and multicast addresses are not global unicast ones.
func public(a netip.Addr) bool {
	a = a.Unmap()
	return a.IsGlobalUnicast() && !a.IsPrivate() && (a.Is4() || global6.Contains(a)) &&
		!slices.ContainsFunc(special, func(p netip.Prefix) bool { return p.Contains(a) })
}
