package mime

import (
	"regexp"
	"strings"
	"sync"
)

// previewRunes is what two lines of a list show.
const previewRunes = 200

// Preview gives the beginning of what the sender wrote, on one line, without
// quoted history and signature. A mail that is nothing but quotation gives its
// quotation.
func Preview(text string, runes int) string {
	if len(text) > 16<<10 { // enough to pass the longest greeting block
		text = strings.ToValidUTF8(text[:16<<10], "")
	}
	own := Unquoted(text)
	if strings.TrimSpace(own) == "" {
		own = text
	}
	line := []rune(cleanText(own))
	if len(line) <= runes {
		return string(line)
	}
	cut := runes - 1
	for i := cut; i > cut-20 && i > 0; i-- {
		if line[i] == ' ' {
			cut = i
			break
		}
	}
	return strings.TrimRight(string(line[:cut]), " ") + "…"
}

// Unquoted cuts the quoted history and the signature from a plain text.
func Unquoted(text string) string {
	lines := strings.Split(text, "\n")
	var own []string
	for i, line := range lines {
		trimmed := strings.TrimSpace(line)
		if line == "-- " || line == "--" || historyMark().MatchString(trimmed) {
			break // RFC 3676 section 4.3: the signature runs to the end
		}
		if strings.HasPrefix(trimmed, ">") {
			continue
		}
		if attribution(lines, i) {
			continue
		}
		if headerBlock(lines, i) {
			break
		}
		own = append(own, line)
	}
	return strings.TrimRight(strings.Join(own, "\n"), "\n ")
}

// historyMark matches the line that programs put above the whole mail they
// answer or forward.
var historyMark = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:` +
		`-{2,}\s*(?i:original message|ursprüngliche nachricht|message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|originalmeddelande|mensagem original|исходное сообщение|пересылаемое сообщение|forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|原始邮件|转发的邮件)\s*-{2,}` +
		`|_{20,})$`)
})

// attribution reports that line i introduces a quotation: it ends in a colon and
// the next line with text is quoted. Programs wrap it over two lines.
func attribution(lines []string, i int) bool {
	for _, last := range []int{i, i + 1} {
		if last >= len(lines) {
			return false
		}
		trimmed := strings.TrimSpace(lines[last])
		if trimmed == "" || strings.HasPrefix(trimmed, ">") {
			return false
		}
		if !strings.HasSuffix(trimmed, ":") && !strings.HasSuffix(trimmed, "：") {
			continue
		}
		for next := last + 1; next < len(lines) && next <= last+2; next++ {
			if quoted := strings.TrimSpace(lines[next]); quoted != "" {
				return strings.HasPrefix(quoted, ">")
			}
		}
		return false
	}
	return false
}

// headerWords match the head of a quoted mail as Outlook writes it, in its
// languages: a sender line followed by a date or recipient line.
var (
	fromWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\*?(?i:from|von|de|da|van|från|fra|od|от|发件人|差出人)\s?\*?\s?[:：]\*?\s?\S`)
	})
	sentWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\*?(?i:sent|gesendet|envoyé|enviado|inviato|verzonden|skickat|sendt|wysłano|отправлено|date|datum|fecha|data|дата|发送时间|送信日時|to|an|à|para|a|aan|till|til|do|кому|收件人|宛先)\s?\*?\s?[:：]\*?\s?\S`)
	})
)

func headerBlock(lines []string, i int) bool {
	if !fromWord().MatchString(strings.TrimSpace(lines[i])) {
		return false
	}
	return i+1 < len(lines) && sentWord().MatchString(strings.TrimSpace(lines[i+1]))
}
