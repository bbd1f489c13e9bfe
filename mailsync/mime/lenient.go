package mime

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// lenientParser forgives structure; its own charset guessing is off, being slow
// and often wrong on short texts.
var lenientParser = enmime.NewParser(
	enmime.SkipMalformedParts(true),
	enmime.MultipartWOBoundaryAsSinglePart(true),
	enmime.DisableTextConversion(true),
	enmime.DisableCharacterDetection(true),
)

// readLenient reads the structure with enmime. The header is written anew from
// the fields we could read, since enmime gives up on malformed ones.
func readLenient(fields []field, body []byte) (p parts, ok bool) {
	if len(body) > maxLenientBytes {
		return parts{}, false
	}
	defer func() {
		if recover() != nil {
			p, ok = parts{}, false
		}
	}()
	var mail bytes.Buffer
	mail.Grow(len(body) + 512)
	for _, name := range []string{"mime-version", "content-type", "content-transfer-encoding", "content-disposition"} {
		if value := first(fields, name); value != "" {
			fmt.Fprintf(&mail, "%s: %s\r\n", name, strings.ToValidUTF8(value, "?"))
		}
	}
	mail.WriteString("\r\n")
	mail.Write(body)
	envelope, err := lenientParser.ReadEnvelope(&mail)
	if err != nil {
		return parts{}, false
	}
	p.text, p.html = strings.ToValidUTF8(envelope.Text, "\ufffd"), strings.ToValidUTF8(envelope.HTML, "\ufffd")
	for _, list := range [][]*enmime.Part{envelope.Attachments, envelope.Inlines, envelope.OtherParts} {
		for _, part := range list {
			if len(p.attachments) == maxParts {
				break
			}
			p.attachments = append(p.attachments, newAttachment(leaf{
				mediaType: part.ContentType, disposition: part.Disposition,
				name: part.FileName, contentID: part.ContentID,
			}, part.Content, int64(len(part.Content))))
		}
	}
	return p, true
}
