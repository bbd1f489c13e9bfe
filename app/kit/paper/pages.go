package paper

// Pages is a Document laid out: what stands where on which page. Lengths are
// thousandths of a millimetre from the top left corner of the page.
type Pages struct {
	Width    int       `json:"width"`
	Height   int       `json:"height"`
	Pages    []Page    `json:"pages"`
	Warnings []Warning `json:"warnings,omitempty"`

	logo *picture
}

// Page is what stands on one page, in the order it is drawn and read.
type Page struct {
	Boxes []Box `json:"boxes"`
}

// What Box.Kind says.
const (
	boxText  = "text"
	boxArea  = "area"
	boxRule  = "rule"
	boxLogo  = "logo"
	boxTurnt = "watermark"
)

// Box is one thing on a page. For a text X and Y are the start of its baseline
// and W its width; an area is a rectangle; a rule goes from X, Y by W and H.
type Box struct {
	Kind   string `json:"kind"`
	X      int    `json:"x"`
	Y      int    `json:"y"`
	W      int    `json:"w,omitempty"`
	H      int    `json:"h,omitempty"`
	Text   string `json:"text,omitempty"`
	Face   Face   `json:"face,omitempty"`
	Size   int    `json:"size,omitempty"` // tenths of a point
	Color  string `json:"color,omitempty"`
	Fill   string `json:"fill,omitempty"`
	Stroke string `json:"stroke,omitempty"`
	Radius int    `json:"radius,omitempty"`
}

// Warning is something a person should know before sending the paper: a key of
// the catalogues with its parameters.
type Warning struct {
	Key    string         `json:"key"`
	Params map[string]any `json:"params,omitempty"`
}

// strip is a horizontal slice of the page with its boxes, whose Y count from its
// top. Strips are stacked; a page may end between two of them.
type strip struct {
	height um
	boxes  []Box
}

// textBox sets a line of text in the middle of a height; capitals are 0.714 em.
func textBox(s style, text string, x, top, height um) Box {
	return Box{
		Kind: boxText, X: x, Y: top + (height+s.em()*714/1000)/2, W: s.width(text),
		Text: text, Face: s.face, Size: s.size, Color: s.color,
	}
}

// textEnding is a textBox whose text ends at x.
func textEnding(s style, text string, x, top, height um) Box {
	return textBox(s, text, x-s.width(text), top, height)
}

func area(x, y, w, h, radius um, fill string) Box {
	return Box{Kind: boxArea, X: x, Y: y, W: w, H: h, Radius: radius, Fill: fill}
}

func frame(x, y, w, h, radius um, stroke string) Box {
	return Box{Kind: boxArea, X: x, Y: y, W: w, H: h, Radius: radius, Stroke: stroke}
}

func rule(x, y, w um, color string) Box {
	return Box{Kind: boxRule, X: x, Y: y, W: w, Stroke: color}
}

func (s *strip) add(boxes ...Box) { s.boxes = append(s.boxes, boxes...) }

// stack makes one strip of several, which then stay together.
func stack(strips []strip) strip {
	var all strip
	for _, s := range strips {
		for _, b := range s.boxes {
			b.Y += all.height
			all.add(b)
		}
		all.height += s.height
	}
	return all
}

func heightOf(strips []strip) um {
	sum := 0
	for _, s := range strips {
		sum += s.height
	}
	return sum
}

// paragraph wraps a text into strips of one line each.
func paragraph(s style, text string, x, width um) []strip {
	var strips []strip
	for _, line := range s.wrap(text, width) {
		l := strip{height: s.height()}
		if line == "" {
			l.height = s.height() * 55 / 100 // a blank line parts paragraphs
		} else {
			l.add(textBox(s, line, x, 0, l.height))
		}
		strips = append(strips, l)
	}
	return strips
}
