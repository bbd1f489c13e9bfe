package mime

import (
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
)

// HTMLOptions decide what a sanitised mail may load.
type HTMLOptions struct {
	// Remote gives what stands in the place of an image of the network, such as
	// its content as a data: URL; nil or "" holds the image back, so that the
	// sender does not learn that and where the mail is read.
	Remote func(address string) string
	// Inline gives the address under which the caller serves the part with a
	// content id; nil or "" drops the image.
	Inline func(contentID string) string
}

// SafeHTML is HTML that is fit to show. No image in it loads from the network.
type SafeHTML struct {
	HTML    string
	Blocked []string // remote images held back, each address once
}

// blockedImage marks the place of an image that was held back, without its
// address; the window shows its alternative text there.
const blockedImage = "data-remote"

// mailPolicy is built when it is first needed: programs that show no mail start
// without it.
var mailPolicy = sync.OnceValue(newMailPolicy)

// newMailPolicy lists what mail may contain. Scripts, forms, frames, style
// sheets, objects, comments and event handlers are all left out because they
// are not listed. Sizes and colours stay; what could place text outside the
// mail's own box (position, negative margins, z-index) or load something
// (url()) does not.
func newMailPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"p", "div", "span", "br", "hr", "b", "strong", "i", "em", "u", "s", "strike", "del", "ins",
		"small", "big", "sub", "sup", "code", "pre", "tt", "kbd", "samp", "var", "cite", "q", "abbr", "mark",
		"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col",
		"center", "font", "address", "article", "section", "header", "footer", "figure", "figcaption", "wbr",
	)
	p.SkipElementsContent("script", "style", "title", "noscript", "template", "object", "iframe", "svg", "math", "select", "textarea", "button")

	number := regexp.MustCompile(`^\d{1,4}(?:px|%)?$`)
	colour := regexp.MustCompile(`^(?i:#[0-9a-f]{3,8}|[a-z]{3,20}|rgba?\([\d\s.,%]{5,30}\))$`)
	length := regexp.MustCompile(`^(?i:(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%|in|cm|mm)?|auto)(?:\s+|$)){1,4}$`)
	word := regexp.MustCompile(`^(?i:[a-z-]{2,30})$`)
	border := regexp.MustCompile(`^(?i:[a-z0-9#\s.%]{1,60})$`)
	family := regexp.MustCompile(`^(?i:[\p{L}\d\s,'"-]{1,200})$`)

	p.AllowAttrs("width", "height", "cellpadding", "cellspacing", "border", "size").Matching(number).Globally()
	p.AllowAttrs("align", "valign").Matching(regexp.MustCompile(`^(?i:left|right|center|middle|justify|top|bottom|baseline)$`)).Globally()
	p.AllowAttrs("bgcolor", "color").Matching(colour).Globally()
	p.AllowAttrs("face").Matching(family).OnElements("font")
	p.AllowAttrs("colspan", "rowspan", "span", "start", "value").Matching(regexp.MustCompile(`^\d{1,3}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z-]{2,20}$`)).Globally()
	p.AllowAttrs("title", "alt").Matching(bluemonday.Paragraph).Globally()
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^(?i:disc|circle|square|[aAiI1])$`)).OnElements("ul", "ol", "li")

	p.AllowStyles("color", "background", "background-color", "border-color").Matching(colour).Globally()
	p.AllowStyles("font-size", "line-height", "letter-spacing", "text-indent", "padding", "padding-left", "padding-right",
		"padding-top", "padding-bottom", "margin", "margin-left", "margin-right", "margin-top", "margin-bottom",
		"width", "max-width", "min-width", "height", "max-height", "border-width", "border-radius", "border-spacing").Matching(length).Globally()
	p.AllowStyles("border", "border-left", "border-right", "border-top", "border-bottom").Matching(border).Globally()
	p.AllowStyles("font-family").Matching(family).Globally()
	p.AllowStyles("font-weight", "font-style", "text-align", "text-decoration", "text-transform", "vertical-align",
		"white-space", "border-collapse", "border-style", "direction", "list-style-type", "word-break", "overflow-wrap").Matching(word).Globally()

	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src").OnElements("img")
	p.AllowElements("img")
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid")
	p.AllowDataURIImages()
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}

// SanitizeHTML makes the HTML of a mail safe to show: no scripts, no forms, no
// style sheets, links that tell their target nothing, remote images held back
// unless they are handed in, inline images taken from the mail's own parts.
func SanitizeHTML(source string, options HTMLOptions) SafeHTML {
	safe := mailPolicy().Sanitize(source)
	tokens := html.NewTokenizer(strings.NewReader(safe))
	var out strings.Builder
	out.Grow(len(safe))
	var blocked []string
	seen := map[string]bool{}
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			return SafeHTML{out.String(), blocked}
		}
		raw := string(tokens.Raw())
		name, _ := tokens.TagName()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken || string(name) != "img" {
			out.WriteString(raw)
			continue
		}
		image := html.Token{Type: html.StartTagToken, Data: "img"}
		for {
			key, value, more := tokens.TagAttr()
			if string(key) == "src" {
				address := string(value)
				attr := imageSource(address, options)
				if attr.Key == blockedImage && !seen[address] {
					seen[address] = true
					blocked = append(blocked, address)
				}
				if attr.Key != "" {
					image.Attr = append(image.Attr, attr)
				}
			} else if len(key) > 0 {
				image.Attr = append(image.Attr, html.Attribute{Key: string(key), Val: string(value)})
			}
			if !more {
				break
			}
		}
		out.WriteString(image.String())
	}
}

// imageSource decides what an image may load: the attribute is empty if nothing.
func imageSource(address string, options HTMLOptions) html.Attribute {
	source := func(of func(string) string, name, otherwise string) html.Attribute {
		if of != nil {
			if served := of(name); served != "" {
				return html.Attribute{Key: "src", Val: served}
			}
		}
		return html.Attribute{Key: otherwise}
	}
	scheme, rest, _ := strings.Cut(address, ":")
	switch strings.ToLower(scheme) {
	case "cid":
		id, err := url.PathUnescape(rest)
		if err != nil {
			id = rest
		}
		return source(options.Inline, id, "")
	case "data":
		return html.Attribute{Key: "src", Val: address}
	case "http", "https":
		return source(options.Remote, address, blockedImage)
	}
	return html.Attribute{}
}
