package mailsync_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

// syncOne runs over the INBOX and gives its report.
func syncOne(t *testing.T, a mailsync.Account, sink *memorySink, o mailsync.Options) (mailsync.FolderReport, error) {
	t.Helper()
	o.Scope = "INBOX"
	report, err := mailsync.Sync(t.Context(), a, password, sink, o)
	if err != nil || len(report.Folders) == 0 {
		return mailsync.FolderReport{}, err
	}
	return report.Folders[0], report.Folders[0].Err
}

// silence shortens the deadline for servers that say nothing; the others may take
// their time on a busy machine.
func silence(expected bool) mailsync.Limits {
	if expected {
		return mailsync.Limits{Silence: 500 * time.Millisecond}
	}
	return mailsync.Limits{}
}

func TestServer_honest(t *testing.T) {
	mails := mailtest.Mails(11, mailtest.Options{Count: 60, Damaged: .3, Files: .1})
	s := &script{mails: numbered(mails)}
	sink := newSink()
	if _, err := syncOne(t, s.serve(t), sink, mailsync.Options{Limits: mailsync.Limits{Headers: 25, Bodies: 10}}); err != nil {
		t.Fatal(err)
	}
	sink.compare(t, "INBOX", mails)
	for _, line := range s.lines {
		if strings.Contains(line, " SELECT") || strings.Contains(line, "STORE") || strings.Contains(line, "BODY[") {
			t.Errorf("client sent %q", line)
		}
	}
}

// What servers get wrong about single mails: the rest must arrive, and what
// cannot be had must be recorded.
func TestServer_lies(t *testing.T) {
	mails := mailtest.Mails(12, mailtest.Options{Count: 40})
	const bad = 17
	tests := []struct {
		name  string
		fetch func(c *scriptConn, uid uint32, items string) bool
		want  map[mailsync.Outcome]int
	}{
		{"UID after the literal", func(c *scriptConn, uid uint32, items string) bool {
			c.say("* %d FETCH (%s UID %d)\r\n", uid, mailItems(c.s.mails[uid], items), uid)
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"one mail without UID", func(c *scriptConn, uid uint32, items string) bool {
			if uid != bad {
				return false
			}
			c.say("* %d FETCH (%s)\r\n", uid, mailItems(c.s.mails[uid], items))
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeFailed: 1}},
		{
			"one mail never given", func(_ *scriptConn, uid uint32, _ string) bool { return uid == bad },
			map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeFailed: 1},
		},
		{"one mail given twice", func(c *scriptConn, uid uint32, items string) bool {
			if uid == bad {
				c.say("%s", mailAnswer(uid, uid, c.s.mails[uid], items))
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"flags of a mail told before its answer", func(c *scriptConn, uid uint32, _ string) bool {
			if uid == bad && c.s.once() {
				c.say("* %d FETCH (UID %d FLAGS (\\Flagged))\r\n", uid, uid)
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"mail nobody asked for", func(c *scriptConn, uid uint32, items string) bool {
			if uid == bad {
				c.say("%s", mailAnswer(900, 900, c.s.mails[uid], items))
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"unreadable date", func(c *scriptConn, uid uint32, items string) bool {
			if uid != bad || !strings.Contains(items, "INTERNALDATE") {
				return false
			}
			c.say("* %d FETCH (UID %d INTERNALDATE \"yesterday\" %s)\r\n", uid, uid, mailItems(c.s.mails[uid], items))
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"unreadable flag", func(c *scriptConn, uid uint32, items string) bool {
			if uid != bad || !strings.Contains(items, "FLAGS") {
				return false
			}
			c.say("* %d FETCH (UID %d FLAGS (a{b]) %s)\r\n", uid, uid, mailItems(c.s.mails[uid], items))
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"unknown item", func(c *scriptConn, uid uint32, items string) bool {
			if uid != bad {
				return false
			}
			c.say("* %d FETCH (UID %d X-GM-MSGID 12 %s)\r\n", uid, uid, mailItems(c.s.mails[uid], items))
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
		{"poison: the server hangs up", func(c *scriptConn, uid uint32, _ string) bool {
			if uid == bad {
				c.Close()
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
		{"poison only as a whole", func(c *scriptConn, uid uint32, items string) bool {
			if uid == bad && strings.Contains(items, "BODY.PEEK[]") {
				c.Close()
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
		{"header empty though the mail has one", func(c *scriptConn, uid uint32, items string) bool {
			if uid != bad || !strings.Contains(items, "HEADER.FIELDS") {
				return false
			}
			c.say("* %d FETCH (UID %d RFC822.SIZE %d FLAGS () BODY[HEADER.FIELDS (FROM)] {2}\r\n\r\n)\r\n", uid, uid, len(c.s.mails[uid]))
			return true
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"literal announced as 10 GB", func(c *scriptConn, uid uint32, _ string) bool {
			if uid == bad {
				c.say("* %d FETCH (UID %d BODY[] {10737418240}\r\nabc", uid, uid)
			}
			return uid == bad
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
		{"literal shorter than announced", func(c *scriptConn, uid uint32, items string) bool {
			if uid == bad {
				c.say("* %d FETCH (UID %d BODY[] {%d}\r\nabc", uid, uid, 1<<14)
				c.Close()
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
		{"untagged nonsense", func(c *scriptConn, uid uint32, _ string) bool {
			if uid == bad && c.n == 1 {
				c.say("* 5 NONSENSE\r\n")
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 40}},
		{"silent at one mail", func(c *scriptConn, uid uint32, _ string) bool {
			if uid == bad {
				_, _ = c.r.ReadString(0) // until the client gives up
			}
			return false
		}, map[mailsync.Outcome]int{mailsync.OutcomeBody: 39, mailsync.OutcomeQuarantined: 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &script{mails: numbered(mails), fetch: tt.fetch}
			sink := newSink()
			report, err := syncOne(t, s.serve(t), sink, mailsync.Options{Limits: silence(strings.HasPrefix(tt.name, "silent"))})
			if err != nil {
				t.Fatal(err)
			}
			got := sink.outcomes("INBOX")
			if fmt.Sprint(got) != fmt.Sprint(tt.want) || len(sink.twice) > 0 {
				t.Errorf("%v, want %v; twice %v", got, tt.want, sink.twice)
			}
			if row := sink.folders["INBOX"].rows[bad]; row.Outcome == mailsync.OutcomeBody && row.Header.Subject != mails[bad-1].Subject {
				t.Errorf("subject %q, want %q", row.Header.Subject, mails[bad-1].Subject)
			}
			if complete := sink.folders["INBOX"].cursor != nil; complete != (tt.want[mailsync.OutcomeFailed] == 0) {
				t.Errorf("cursor set: %t, report %+v", complete, report)
			}
			if got := report.Quarantined; got != tt.want[mailsync.OutcomeQuarantined] {
				t.Errorf("report %+v", report)
			}
		})
	}
}

// What servers get wrong about a folder or the whole conversation.
func TestServer_confused(t *testing.T) {
	mails := mailtest.Mails(13, mailtest.Options{Count: 30})
	answerTo := func(name, text string) func(*scriptConn, string, string, string) bool {
		return func(c *scriptConn, tag, command, _ string) bool {
			if command == name {
				c.say("%s", strings.ReplaceAll(text, "TAG", tag))
			}
			return command == name
		}
	}
	tests := []struct {
		name   string
		answer func(c *scriptConn, tag, name, args string) bool
		fault  string // "" means that all mails arrive
		cursor bool
	}{
		{"UIDNEXT missing", answerTo("EXAMINE", "* 30 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\nTAG OK done\r\n"), "", false},
		{"UIDNEXT 0", answerTo("EXAMINE", "* 30 EXISTS\r\n* OK [UIDVALIDITY 7] v\r\n* OK [UIDNEXT 0] v\r\nTAG OK done\r\n"), "", false},
		{"UIDVALIDITY missing", answerTo("EXAMINE", "* 30 EXISTS\r\nTAG OK done\r\n"), "mail.noUIDValidity", false},
		{"folder gone", answerTo("EXAMINE", "TAG NO [NONEXISTENT] no such folder\r\n"), "mail.folderMissing", false},
		{"folder refused", answerTo("EXAMINE", "TAG NO no\r\n"), "mail.refused", false},
		{"too many connections", answerTo("EXAMINE", "TAG NO Too many simultaneous connections\r\n"), "mail.tooManyConnections", false},
		{"unavailable", answerTo("UID SEARCH", "TAG NO [UNAVAILABLE] later\r\n"), "mail.serverUnavailable", false},
		{"UIDs without end", func(c *scriptConn, tag, name, _ string) bool {
			if name == "UID SEARCH" {
				c.say("* ESEARCH (TAG %q) UID ALL 1:4294967295\r\n%s OK done\r\n", tag, tag)
			}
			return name == "UID SEARCH"
		}, "mail.serverConfused", false},
		{"EXISTS shrinks", func(c *scriptConn, _, name, _ string) bool {
			if name == "UID SEARCH" {
				c.say("* 3 EXISTS\r\n")
			}
			return false
		}, "", true},
		{"every fetch refused", answerTo("UID FETCH", "TAG NO [SERVERBUG] oops\r\n"), "mail.serverConfused", false},
		{"every fetch hangs up", func(c *scriptConn, _, name, _ string) bool {
			if name == "UID FETCH" {
				c.Close()
			}
			return false
		}, "mail.serverConfused", false},
		{"silent", func(c *scriptConn, _, name, _ string) bool {
			if name == "UID SEARCH" {
				_, _ = c.r.ReadString(0)
			}
			return false
		}, "mail.silent", false},
		{"a byte now and then", func(c *scriptConn, _, name, _ string) bool {
			if name != "UID SEARCH" {
				return false
			}
			c.say("* OK ")
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			for range tick.C {
				if _, err := c.Write([]byte("x")); err != nil {
					return true
				}
			}
			return true
		}, "mail.silent", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := &script{mails: numbered(mails), answer: tt.answer}
			if tt.name == "UIDs without end" {
				s.caps = "IMAP4rev1 ESEARCH"
			}
			sink := newSink()
			_, err := syncOne(t, s.serve(t), sink, mailsync.Options{Limits: silence(tt.fault == "mail.silent")})
			if tt.fault != "" {
				wantFault(t, err, tt.fault)
				if held := sink.folders["INBOX"]; held != nil && held.cursor != nil {
					t.Error("the cursor moved")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sink.compare(t, "INBOX", mails)
			if got := sink.folders["INBOX"].cursor != nil; got != tt.cursor {
				t.Errorf("cursor set: %t", got)
			}
		})
	}
}

// A folder renumbered while it is read must not mix mails of both numberings.
func TestServer_renumbersMeanwhile(t *testing.T) {
	mails := mailtest.Mails(14, mailtest.Options{Count: 30})
	s := &script{mails: numbered(mails)}
	s.fetch = func(c *scriptConn, uid uint32, items string) bool {
		if c.n == 1 && uid == 12 && strings.Contains(items, "BODY.PEEK[]") {
			s.validity = 8
			c.Close()
		}
		return false
	}
	sink := newSink()
	limits := mailsync.Limits{Headers: 10, Bodies: 4}
	if _, err := syncOne(t, s.serve(t), sink, mailsync.Options{Limits: limits}); err != nil {
		t.Fatal(err)
	}
	if held := sink.folders["INBOX"]; held.validity != 8 || held.resets != 1 {
		t.Errorf("validity %d after %d resets", held.validity, held.resets)
	}
	sink.compare(t, "INBOX", mails)
}

func TestServer_deletesMeanwhile(t *testing.T) {
	mails := mailtest.Mails(15, mailtest.Options{Count: 30})
	s := &script{mails: numbered(mails)}
	s.answer = func(_ *scriptConn, _, name, args string) bool {
		if name == "UID FETCH" && strings.Contains(args, "BODY.PEEK[]") {
			delete(s.mails, 30)
			delete(s.mails, 3)
		}
		return false
	}
	sink := newSink()
	report, err := syncOne(t, s.serve(t), sink, mailsync.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Stored != 28 || report.Failed+report.Quarantined != 0 {
		t.Errorf("report %+v", report)
	}
}

// Mails that nothing tells apart but their time and size stay two mails; one
// mail met in two places stays one.
func TestKeys(t *testing.T) {
	s := &script{mails: map[uint32][]byte{
		1: []byte("Subject: x\r\n\r\nshort"),
		2: []byte("Subject: x\r\n\r\nlonger"),
		3: []byte("Message-ID: <1@a>\r\nFrom: a@b.example\r\nDate: Mon, 2 Jan 2006 15:04:05 +0000\r\n\r\none"),
		4: []byte("Message-ID: <1@a>\r\nFrom: \"B\" <A@B.example>\r\nDate: Mon, 2 Jan 2006 16:04:05 +0100\r\n\r\none"),
		5: []byte("Message-ID: <1@a>\r\nFrom: c@b.example\r\nDate: Mon, 2 Jan 2006 15:04:05 +0000\r\n\r\ntwo"),
		6: []byte("Message-ID: <" + strings.Repeat("x", 2048) + "@a>\r\n\r\nthree"),
		7: bytes.Repeat([]byte("no header at all "), 10),
	}}
	sink := newSink()
	if _, err := syncOne(t, s.serve(t), sink, mailsync.Options{}); err != nil {
		t.Fatal(err)
	}
	rows := sink.folders["INBOX"].rows
	if rows[1].Key == rows[2].Key || rows[3].Key != rows[4].Key || rows[3].Key == rows[5].Key {
		t.Errorf("keys %s %s | %s %s %s", rows[1].Key, rows[2].Key, rows[3].Key, rows[4].Key, rows[5].Key)
	}
	if len(rows) != 7 {
		t.Errorf("%d rows of 7", len(rows))
	}
}
