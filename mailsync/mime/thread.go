package mime

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
)

const (
	maxReferences = 50  // ids kept of a References header
	maxIDBytes    = 512 // longer message ids are replaced by their hash
)

// parseIDs finds message ids in a header, in order, without their brackets. A
// header without brackets gives its words that look like ids. limit 0 is none.
func parseIDs(value string, limit int) []string {
	var ids []string
	rest := value
	for limit == 0 || len(ids) < limit {
		open := strings.IndexByte(rest, '<')
		if open < 0 {
			break
		}
		inner, after, closed := strings.Cut(rest[open+1:], ">")
		if id := normaliseID(inner); id != "" {
			ids = append(ids, id)
		}
		if !closed {
			break
		}
		rest = after
	}
	if len(ids) > 0 {
		return ids
	}
	for _, word := range strings.Fields(value) {
		if strings.Contains(word, "@") && (limit == 0 || len(ids) < limit) {
			if id := normaliseID(strings.Trim(word, `<>"',;`)); id != "" {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 && limit == 1 {
		if id := normaliseID(value); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// normaliseID drops blanks that folding left inside an id. Ids that no sane
// program writes are kept as their hash, so that threads still meet.
func normaliseID(id string) string {
	id = strings.Trim(strings.Join(strings.Fields(id), ""), "<>")
	if !isTidy(id) {
		id = cleanText(guessText([]byte(id)))
	}
	if len(id) > maxIDBytes {
		sum := sha256.Sum256([]byte(id))
		return "sha256." + hex.EncodeToString(sum[:])
	}
	return id
}

// limitIDs keeps the first id, which names the thread, and the last ones, which
// name the nearest parents.
func limitIDs(ids []string) []string {
	if len(ids) <= maxReferences {
		return ids
	}
	return append(ids[:1:1], ids[len(ids)-maxReferences+1:]...)
}

// Ancestors lists the message ids this mail answers, oldest first, its parent
// last, each once and never itself.
func (h Header) Ancestors() []string {
	all := make([]string, 0, len(h.References)+len(h.InReplyTo))
	seen := map[string]bool{h.MessageID: true, "": true}
	refs := h.References
	// In-Reply-To names the parent; in References it may be missing or stand in
	// the middle, since some programs append the whole list of participants.
	parent := ""
	if len(h.InReplyTo) > 0 {
		parent = h.InReplyTo[0]
	}
	for _, id := range refs {
		if !seen[id] && id != parent {
			seen[id] = true
			all = append(all, id)
		}
	}
	for i := len(h.InReplyTo) - 1; i >= 0; i-- {
		if id := h.InReplyTo[i]; !seen[id] {
			seen[id] = true
			all = append(all, id)
		}
	}
	return all
}

// replyPrefix matches the reply and forward marks of mail programs in many
// languages, with their counters: "Re[2]:", "AW:", "Antw:", "回复：".
var replyPrefix = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?i:` +
		`(re|aw|antw(?:ort)?|sv|vs|odp|ynt|rv|rif|r|res|resp|réf|ref|ha|на|отв|vá|bls|atb|αα?π|απ|σχετ|回复|回覆|答复|答覆|返信|회신|답장|تر|رد|תגובה)` +
		`|(fwd?|wg|tr|i|enc|vl|vb|doorst|pd|ilt|πρθ|fs|továbbítás|пересл|转发|轉寄|轉發|転送|전달|הועבר))` +
		`\s*(?:[\[(]\d+[\])]|\^\d+|\*\d+)?\s*[:：]\s*`)
})

// BaseSubject strips reply and forward marks and leading list tags, and tells
// whether the subject was marked as an answer or as forwarded.
func BaseSubject(subject string) (base string, reply, forward bool) {
	base = strings.TrimSpace(subject)
	for range 20 {
		if m := replyPrefix().FindStringSubmatch(base); m != nil && len(m[0]) < len(base) {
			reply, forward = reply || m[1] != "", forward || m[2] != ""
			base = base[len(m[0]):]
			continue
		}
		// A list tag counts as decoration only before another mark.
		if tag := listTag.FindString(base); tag != "" && replyPrefix().MatchString(base[len(tag):]) {
			base = base[len(tag):]
			continue
		}
		break
	}
	return strings.TrimSpace(base), reply, forward
}

var listTag = regexp.MustCompile(`^\[[^\]]{1,40}\]\s*`)
