package mailsync_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// script is an IMAP server that can be told to misbehave. By default it is a
// poor but honest one: IMAP4rev1 with nothing else.
type script struct {
	caps     string
	greeting string
	validity uint32
	mails    map[uint32][]byte
	plain    bool // no TLS at the beginning
	startTLS *tls.Config
	config   *tls.Config

	// answer may answer a command line itself; it returns true if it did.
	answer func(c *scriptConn, tag, name, args string) bool
	// fetch may replace the answer for one mail.
	fetch func(c *scriptConn, uid uint32, items string) bool

	mu          sync.Mutex
	listener    net.Listener
	connections int
	logins      int
	lines       []string // every line a client sent, before TLS too
	done        bool
}

// once is true the first time.
func (s *script) once() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.done
	s.done = true
	return first
}

type scriptConn struct {
	net.Conn
	s *script
	r *bufio.Reader
	n int // which connection this is, from 1
}

func (c *scriptConn) say(format string, args ...any) { fmt.Fprintf(c.Conn, format, args...) }

func numbered(mails []mailtest.Mail) map[uint32][]byte {
	byUID := map[uint32][]byte{}
	for i, m := range mails {
		byUID[uint32(i+1)] = m.Raw
	}
	return byUID
}

// serve starts the script and gives the account to reach it by.
func (s *script) serve(t *testing.T) mailsync.Account {
	t.Helper()
	certificate := mailtest.Certify(t, mailtest.Certificate{})
	if s.config == nil {
		s.config = certificate.Config
	}
	if s.validity == 0 {
		s.validity = 7
	}
	if s.caps == "" {
		s.caps = "IMAP4rev1"
	}
	if s.greeting == "" {
		s.greeting = "* OK ready\r\n"
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listener = listener
	var running sync.WaitGroup
	var open []net.Conn
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.connections++
			n := s.connections
			open = append(open, conn)
			s.mu.Unlock()
			running.Go(func() {
				defer conn.Close()
				if !s.plain {
					conn = tls.Server(conn, s.config)
				}
				s.talk(&scriptConn{conn, s, bufio.NewReader(conn), n})
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		s.mu.Lock()
		for _, conn := range open {
			conn.Close()
		}
		s.mu.Unlock()
		running.Wait()
	})
	return mailsync.Account{
		Address: mailtest.Owner, Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port,
		Security: mailsync.SecurityTLS, User: mailtest.User, RootCAs: certificate.Roots,
	}
}

func (s *script) talk(c *scriptConn) {
	c.say("%s", s.greeting)
	for {
		line, err := c.r.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		s.mu.Lock()
		s.lines = append(s.lines, line)
		s.mu.Unlock()
		tag, rest, _ := strings.Cut(line, " ")
		name, args, _ := strings.Cut(rest, " ")
		name = strings.ToUpper(name)
		if name == "UID" {
			var verb string
			verb, args, _ = strings.Cut(args, " ")
			name += " " + strings.ToUpper(verb)
		}
		if name == "LOGIN" || name == "AUTHENTICATE" {
			s.mu.Lock()
			s.logins++
			s.mu.Unlock()
		}
		if s.answer != nil && s.answer(c, tag, name, args) {
			continue
		}
		s.honest(c, tag, name, args)
	}
}

func (s *script) honest(c *scriptConn, tag, name, args string) {
	switch name {
	case "CAPABILITY":
		c.say("* CAPABILITY %s\r\n", s.caps)
	case "STARTTLS":
		if s.startTLS == nil {
			c.say("%s BAD unknown command\r\n", tag)
			return
		}
		c.say("%s OK begin\r\n", tag)
		secured := tls.Server(c.Conn, s.startTLS)
		c.Conn, c.r = secured, bufio.NewReader(secured)
		return
	case "LOGIN":
		if !strings.Contains(args, mailtest.Password) {
			c.say("%s NO [AUTHENTICATIONFAILED] wrong\r\n", tag)
			return
		}
	case "LIST":
		c.say("* LIST () \"/\" INBOX\r\n* LIST (\\Noselect) \"/\" Roots\r\n")
	case "STATUS":
		c.say("* STATUS INBOX (MESSAGES %d UIDNEXT %d UIDVALIDITY %d)\r\n", len(s.mails), s.last()+1, s.validity)
	case "EXAMINE":
		c.say("* %d EXISTS\r\n* OK [UIDVALIDITY %d] v\r\n* OK [UIDNEXT %d] n\r\n", len(s.mails), s.validity, s.last()+1)
	case "SELECT", "STORE", "UID STORE", "EXPUNGE", "APPEND":
		c.say("%s BAD this mailbox is only to be read\r\n", tag)
		return
	case "UID SEARCH":
		wanted := strings.TrimPrefix(args, "UID ")
		c.say("* SEARCH")
		for uid := uint32(1); uid <= s.last(); uid++ {
			if s.mails[uid] != nil && (wanted == "ALL" || inSet(wanted, uid)) {
				c.say(" %d", uid)
			}
		}
		c.say("\r\n")
	case "UID FETCH", "FETCH":
		set, items, _ := strings.Cut(args, " ")
		seq := uint32(0)
		for uid := uint32(1); uid <= s.last(); uid++ {
			raw := s.mails[uid]
			if raw == nil {
				continue
			}
			seq++
			if !inSet(set, map[bool]uint32{true: uid, false: seq}[name == "UID FETCH"]) {
				continue
			}
			if s.fetch != nil && s.fetch(c, uid, items) {
				continue
			}
			c.say("%s", mailAnswer(seq, uid, raw, items))
		}
	}
	c.say("%s OK done\r\n", tag)
}

func (s *script) last() uint32 {
	var last uint32
	for uid := range s.mails {
		last = max(last, uid)
	}
	return last
}

func inSet(set string, n uint32) bool {
	for _, part := range strings.Split(set, ",") {
		first, last, ranged := strings.Cut(part, ":")
		low, _ := strconv.ParseUint(first, 10, 32)
		high := low
		if ranged {
			high, _ = strconv.ParseUint(last, 10, 32)
		}
		if uint64(n) >= low && uint64(n) <= high {
			return true
		}
	}
	return false
}

var sectionItem = regexp.MustCompile(`BODY\.PEEK\[([^\]]*)\](?:<(\d+)\.(\d+)>)?`)

// mailAnswer is a correct FETCH answer.
func mailAnswer(seq, uid uint32, raw []byte, items string) string {
	return fmt.Sprintf("* %d FETCH (UID %d %s)\r\n", seq, uid, mailItems(raw, items))
}

func mailItems(raw []byte, items string) string {
	var b strings.Builder
	if strings.Contains(items, "RFC822.SIZE") {
		fmt.Fprintf(&b, "RFC822.SIZE %d ", len(raw))
	}
	if strings.Contains(items, "FLAGS") {
		b.WriteString(`FLAGS (\Seen) `)
	}
	if strings.Contains(items, "INTERNALDATE") {
		fmt.Fprintf(&b, "INTERNALDATE %q ", time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC).Format("02-Jan-2006 15:04:05 -0700"))
	}
	if strings.Contains(items, "BODYSTRUCTURE") {
		b.WriteString(`BODYSTRUCTURE ("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "8BIT" 100 3 NIL NIL NIL NIL) `)
	}
	if m := sectionItem.FindStringSubmatch(items); m != nil {
		content, label := string(raw), m[1]
		if strings.HasPrefix(m[1], "HEADER") {
			content, _, _ = strings.Cut(content, "\r\n\r\n")
			content += "\r\n\r\n"
		}
		if m[2] != "" {
			from, _ := strconv.Atoi(m[2])
			size, _ := strconv.Atoi(m[3])
			content = content[min(from, len(content)):min(from+size, len(content))]
			label += "]<" + m[2] + ">"
		} else {
			label += "]"
		}
		fmt.Fprintf(&b, "BODY[%s {%d}\r\n%s", label, len(content), content)
	}
	return b.String()
}
