package record

import (
	"crypto/rand"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"

	"kontor/app/kit/fault"
)

// ID identifies a record of any kind: 42 bits of milliseconds since 2020 and 21
// bits that tell apart what one millisecond brings. It is an integer in SQL and
// 13 characters of Crockford's base32 everywhere else, so ids sort by age in
// both. Zero is no record.
type ID int64

const (
	idEpoch    = 1577836800000 // 2020-01-01T00:00:00Z in milliseconds since 1970
	idLowBits  = 21
	idLetters  = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	idLength   = 13
	maxIDStart = 8 // 13 × 5 bits are 65; the first letter holds three of 63
)

var ids struct {
	sync.Mutex
	last ID
}

// NewID makes an id that is newer than any this process made before.
func NewID(now time.Time) ID {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	// Half of the low bits stay free, so that a burst counts on without
	// borrowing from the next millisecond.
	id := ID(max(now.UnixMilli()-idEpoch, 0)<<idLowBits | int64(binary.LittleEndian.Uint32(random[:])>>12))
	ids.Lock()
	defer ids.Unlock()
	if id <= ids.last {
		id = ids.last + 1
	}
	ids.last = id
	return id
}

// FirstID is at or before every id that was made at a moment or later.
func FirstID(at time.Time) ID { return ID(max(at.UnixMilli()-idEpoch, 0) << idLowBits) }

// String is the form outside the database; empty for no record.
func (id ID) String() string {
	if id <= 0 {
		return ""
	}
	var text [idLength]byte
	for i := idLength - 1; i >= 0; i-- {
		text[i] = idLetters[id&31]
		id >>= 5
	}
	return string(text[:])
}

// ParseID reads the text form, in either case, taking O for 0 and I and L for 1.
func ParseID(text string) (ID, error) {
	if len(text) != idLength {
		return 0, noID(text)
	}
	var id ID
	for i := range idLength {
		c := text[i]
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		switch c {
		case 'O':
			c = '0'
		case 'I', 'L':
			c = '1'
		}
		n := strings.IndexByte(idLetters, c)
		if n < 0 || i == 0 && n >= maxIDStart {
			return 0, noID(text)
		}
		id = id<<5 | ID(n)
	}
	if id <= 0 {
		return 0, noID(text)
	}
	return id, nil
}

func noID(text string) error {
	return fault.Invalid("id", "record.noID", fault.Params{"text": Shorten(text, 40)})
}

// MarshalText writes the text form.
func (id ID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads the text form; empty text is no record.
func (id *ID) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*id = 0
		return nil
	}
	*id, err = ParseID(string(text))
	return err
}

// Value stores no record as NULL.
func (id ID) Value() (driver.Value, error) {
	if id == 0 {
		return nil, nil
	}
	return int64(id), nil
}

// Scan reads a column.
func (id *ID) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*id = 0
	case int64:
		*id = ID(v)
	default:
		return fmt.Errorf("scan id: %T", v)
	}
	return nil
}

// Shorten cuts text to n characters for a title or a message.
func Shorten(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}
