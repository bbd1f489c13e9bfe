package ical

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Writer makes a calendar file.
type Writer struct{ b bytes.Buffer }

// Bytes is the file so far.
func (w *Writer) Bytes() []byte { return w.b.Bytes() }

// Begin opens a component.
func (w *Writer) Begin(name string) { w.Put("BEGIN", name) }

// End closes it.
func (w *Writer) End(name string) { w.Put("END", name) }

// maxLine is how many octets a line has at most (RFC 5545 section 3.1).
const maxLine = 75

// Put writes a property whose value needs no escapes, such as a number, a moment
// or a rule. The name may carry parameters.
func (w *Writer) Put(name, value string) {
	text := name + ":" + value
	room := maxLine
	for len(text) > room {
		cut := room
		for cut > 1 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		w.b.WriteString(text[:cut] + "\r\n ")
		text, room = text[cut:], maxLine-1
	}
	w.b.WriteString(text + "\r\n")
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// Text writes a text, unless it is empty.
func (w *Writer) Text(name, text string) {
	if text == "" {
		return
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	w.Put(name, escapes.Replace(text))
}

// Day writes a whole day.
func (w *Writer) Day(name string, day time.Time) { w.Put(name+";VALUE=DATE", day.Format("20060102")) }

// Moment writes a point in time as UTC.
func (w *Writer) Moment(name string, t time.Time) { w.Put(name, UTC(t)) }

// Local writes a point in time as the clocks of its place show it: what repeats
// has to, since clocks change.
func (w *Writer) Local(name string, t time.Time) {
	if t.Location() == time.UTC {
		w.Moment(name, t)
		return
	}
	w.Put(name+";TZID="+t.Location().String(), t.Format("20060102T150405"))
}

// UTC is how a point in time is written.
func UTC(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// Zone describes a place's clocks between two moments: one component for each
// time they changed.
func (w *Writer) Zone(place *time.Location, from, to time.Time) {
	if place == time.UTC {
		return
	}
	w.Begin("VTIMEZONE")
	w.Put("TZID", place.String())
	at := from.In(place)
	start, _ := at.ZoneBounds()
	if start.IsZero() {
		start = time.Date(at.Year(), 1, 1, 0, 0, 0, 0, place)
	}
	for {
		w.observance(start)
		_, end := start.ZoneBounds()
		if end.IsZero() || end.After(to) {
			break
		}
		start = end
	}
	w.End("VTIMEZONE")
}

func (w *Writer) observance(start time.Time) {
	name := "STANDARD"
	if start.IsDST() {
		name = "DAYLIGHT"
	}
	abbreviation, to := start.Zone()
	_, from := start.Add(-time.Second).Zone()
	w.Begin(name)
	w.Put("DTSTART", start.UTC().Add(time.Duration(from)*time.Second).Format("20060102T150405"))
	w.Put("TZOFFSETFROM", offsetText(from))
	w.Put("TZOFFSETTO", offsetText(to))
	w.Text("TZNAME", abbreviation)
	w.End(name)
}

func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if rest := seconds % 60; rest != 0 {
		text += fmt.Sprintf("%02d", rest)
	}
	return text
}
