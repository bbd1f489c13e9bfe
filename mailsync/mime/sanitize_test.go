package mime

import (
	"slices"
	"strings"
	"testing"
)

func TestSanitizeHTML(t *testing.T) {
	inline := HTMLOptions{Inline: func(id string) string {
		if id == "logo@x" {
			return "/api/mail/1/part/2"
		}
		return ""
	}}
	remote := HTMLOptions{Remote: func(address string) string {
		if strings.HasSuffix(address, "/p.gif") {
			return "data:image/gif;base64,aGk="
		}
		return ""
	}}
	tests := []struct {
		name    string
		in      string
		options HTMLOptions
		want    string
		blocked []string
	}{
		{"words", "<p>a <b>b</b></p>", HTMLOptions{}, "<p>a <b>b</b></p>", nil},
		{"script", "a<script>alert(1)</script>b", HTMLOptions{}, "ab", nil},
		{"handler", `<p onclick="x()">a</p>`, HTMLOptions{}, "<p>a</p>", nil},
		{"script link", `<a href="javascript:x()">a</a>`, HTMLOptions{}, "a", nil},
		{"script link in disguise", "<a href=\"java\tscript:x()\">a</a>", HTMLOptions{}, "a", nil},
		{"data link", `<a href="data:text/html,x">a</a>`, HTMLOptions{}, "a", nil},
		{"link", `<a href="https://x.example/">a</a>`, HTMLOptions{}, `<a href="https://x.example/" rel="nofollow noreferrer noopener" target="_blank">a</a>`, nil},
		{"relative link", `<a href="/settings">a</a>`, HTMLOptions{}, "a", nil},
		{"form", `<form action="https://x"><input name=p><button>go</button></form>`, HTMLOptions{}, "", nil},
		{"frame", `<iframe src="https://x"></iframe>a`, HTMLOptions{}, "a", nil},
		{"svg", `<svg><script>x()</script></svg>a`, HTMLOptions{}, "a", nil},
		{"style sheet", "<style>body{background:url(https://x)}</style>a", HTMLOptions{}, "a", nil},
		{"style", `<p style="color:#ff0000; position:fixed; font-weight:bold">a</p>`, HTMLOptions{}, `<p style="color: #ff0000; font-weight: bold">a</p>`, nil},
		{"style that loads", `<p style="background-color:url(https://x)">a</p>`, HTMLOptions{}, "<p>a</p>", nil},
		{"style out of the box", `<p style="margin:-500px">a</p>`, HTMLOptions{}, "<p>a</p>", nil},
		{"comment", "a<!--[if mso]><p>x</p><![endif]-->b", HTMLOptions{}, "ab", nil},
		{"base and refresh", `<base href="https://x"><meta http-equiv=refresh content="0;url=https://x">a`, HTMLOptions{}, "a", nil},
		{"remote image", `<img src="https://x.example/p.gif" alt="p" width="1">`, HTMLOptions{}, `<img data-remote="" alt="p" width="1">`, []string{"https://x.example/p.gif"}},
		{"remote image handed in", `<img src="https://x.example/p.gif" alt="p">`, remote, `<img src="data:image/gif;base64,aGk=" alt="p">`, nil},
		{"remote image that failed", `<img src="HTTPS://x.example/q.gif"><img src="HTTPS://x.example/q.gif">`, remote, `<img data-remote=""><img data-remote="">`, []string{"https://x.example/q.gif"}},
		{"image of another scheme", `<img src="mailto:a@x.example"><img src="tel:1">`, remote, `<img><img>`, nil},
		{"srcset beside", `<img src="https://x.example/p.gif" srcset="https://x.example/2.gif 2x" longdesc="https://x.example/d">`, remote, `<img src="data:image/gif;base64,aGk=">`, nil},
		{"picture and sources", `<picture><source srcset="https://x.example/a.webp"><img src="https://x.example/p.gif"></picture>`, remote, `<img src="data:image/gif;base64,aGk=">`, nil},
		{"backgrounds", `<table background="https://x.example/b.gif" style="background:url(https://x.example/b.gif)"><tr><td style="background-image: url('https://x.example/c.gif'); list-style: url(https://x.example/d.gif)">a</td></tr></table>`, remote, "<table><tr><td>a</td></tr></table>", nil},
		{"input, video, link", `<input type=image src="https://x.example/p.gif"><video poster="https://x.example/p.gif" src="https://x.example/v"></video><link rel=icon href="https://x.example/p.gif">a`, remote, "a", nil},
		{"image by //", `<img src="//x.example/p.gif">`, remote, ``, nil},
		{"image by srcset", `<img srcset="https://x.example/p.gif 2x">`, HTMLOptions{}, ``, nil},
		{"colour behind", `<p style="background:#eef">a</p>`, HTMLOptions{}, `<p style="background: #eef">a</p>`, nil},
		{"background", `<table background="https://x.example/b.gif"><tr><td>a</td></tr></table>`, HTMLOptions{}, "<table><tr><td>a</td></tr></table>", nil},
		{"inline image", `<img src="cid:logo@x">`, inline, `<img src="/api/mail/1/part/2">`, nil},
		{"inline image missing", `<img src="cid:other">`, inline, `<img>`, nil},
		{"embedded image", `<img src="data:image/png;base64,aGk=">`, HTMLOptions{}, `<img src="data:image/png;base64,aGk=">`, nil},
		{"embedded page", `<img src="data:text/html;base64,aGk=">`, HTMLOptions{}, ``, nil},
		{"quote in an address", `<img src="https://x.example/&quot;onerror=&quot;y">`, HTMLOptions{}, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := SanitizeHTML(tt.in, tt.options)
			if tt.name == "quote in an address" {
				if strings.Contains(got.HTML, `"onerror`) {
					t.Errorf("%q", got.HTML)
				}
				return
			}
			if got.HTML != tt.want || !slices.Equal(got.Blocked, tt.blocked) {
				t.Errorf("%q, blocked %q\nwant %q", got.HTML, got.Blocked, tt.want)
			}
		})
	}
}
