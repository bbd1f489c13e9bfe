package mailsync_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"kontor/mailsync"
	"kontor/mailsync/mailtest"
)

func account(s *mailtest.Server) mailsync.Account {
	return mailsync.Account{
		Address: mailtest.Owner, Host: "127.0.0.1", Port: s.Port,
		Security: mailsync.SecurityTLS, User: mailtest.User, RootCAs: s.Roots,
	}
}

func password(context.Context) (string, error) { return mailtest.Password, nil }

// mustSync syncs and fails on any fault, of the run or of a folder.
func mustSync(t *testing.T, a mailsync.Account, sink mailsync.Sink, o mailsync.Options) mailsync.Report {
	t.Helper()
	report, err := mailsync.Sync(t.Context(), a, password, sink, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Folders {
		if f.Err != nil {
			t.Fatalf("%s: %v", f.Name, f.Err)
		}
		if f.Examined != f.Stored+f.Skipped+f.Quarantined+f.Failed {
			t.Errorf("%s does not add up: %+v", f.Name, f)
		}
	}
	return report
}

func TestSync(t *testing.T) {
	mails := mailtest.Mails(1, mailtest.Options{Count: 1500, Files: .05})
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mails[:1200])
	server.Append(t, "Sent", mails[1200:])
	sink := newSink()

	report := mustSync(t, account(server), sink, mailsync.Options{})
	sink.compare(t, "INBOX", mails[:1200])
	sink.compare(t, "Sent", mails[1200:])
	if len(report.Folders) != 2 || report.Folders[0].Server != 1200 || report.Folders[0].Stored != 1200 {
		t.Errorf("report %+v", report.Folders)
	}

	t.Run("nothing new", func(t *testing.T) {
		before := sink.asked
		report := mustSync(t, account(server), sink, mailsync.Options{})
		if !report.Folders[0].Unchanged || !report.Folders[1].Unchanged || sink.asked != before {
			t.Errorf("report %+v", report.Folders)
		}
	})
	t.Run("new mail only", func(t *testing.T) {
		more := mailtest.Mails(2, mailtest.Options{Count: 5})
		server.Append(t, "INBOX", more)
		before := sink.asked
		mustSync(t, account(server), sink, mailsync.Options{})
		if sink.asked != before+5 {
			t.Errorf("asked about %d mails for 5 new ones", sink.asked-before)
		}
		sink.compare(t, "INBOX", append(mails[:1200:1200], more...))
	})
	t.Run("deleted on the server", func(t *testing.T) {
		server.Expunge(t, "INBOX", 3, 4, 5, 900)
		report := mustSync(t, account(server), sink, mailsync.Options{})
		if report.Folders[0].Gone != 4 || sink.folders["INBOX"].gone != 4 || len(sink.folders["INBOX"].rows) != 1201 {
			t.Errorf("report %+v", report.Folders[0])
		}
	})
	t.Run("a hole is mended by a full run", func(t *testing.T) {
		delete(sink.folders["Sent"].rows, 7)
		mustSync(t, account(server), sink, mailsync.Options{})
		if _, ok := sink.folders["Sent"].rows[7]; ok {
			t.Error("a quick run compares mail by mail")
		}
		mustSync(t, account(server), sink, mailsync.Options{Full: true})
		if _, ok := sink.folders["Sent"].rows[7]; !ok {
			t.Error("the hole is still there")
		}
	})
	t.Run("renumbered folder", func(t *testing.T) {
		server.Renumber(t, "Sent", mails[1200:])
		bodies := 0
		sink.check = func(b mailsync.Batch) error {
			for _, e := range b.Examined {
				if e.Outcome == mailsync.OutcomeBody {
					bodies++
				}
			}
			return nil
		}
		mustSync(t, account(server), sink, mailsync.Options{})
		if sink.folders["Sent"].resets != 1 || bodies != 0 {
			t.Errorf("%d resets, %d texts fetched again", sink.folders["Sent"].resets, bodies)
		}
		sink.compare(t, "Sent", mails[1200:])
	})
}

func TestSync_verdicts(t *testing.T) {
	mails := mailtest.Mails(3, mailtest.Options{Count: 300})
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mails)
	tests := []struct {
		name   string
		want   func(mailsync.Head) mailsync.Verdict
		counts map[mailsync.Outcome]int
	}{
		{
			"everything is filtered", func(mailsync.Head) mailsync.Verdict { return mailsync.Verdict{Reason: "private"} },
			map[mailsync.Outcome]int{mailsync.OutcomeSkipped: 300},
		},
		{
			"headers only", func(mailsync.Head) mailsync.Verdict { return mailsync.Verdict{Take: mailsync.TakeHeader} },
			map[mailsync.Outcome]int{mailsync.OutcomeHeader: 300},
		},
		{"each third", func(h mailsync.Head) mailsync.Verdict {
			return mailsync.Verdict{Take: mailsync.Take(h.UID % 3), Reason: "third"}
		}, map[mailsync.Outcome]int{mailsync.OutcomeSkipped: 100, mailsync.OutcomeHeader: 100, mailsync.OutcomeBody: 100}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sink := newSink()
			sink.want = tt.want
			limits := mailsync.Limits{Headers: 50, Bodies: 7}
			report := mustSync(t, account(server), sink, mailsync.Options{Scope: "INBOX", Limits: limits})
			got := sink.outcomes("INBOX")
			for outcome, n := range tt.counts {
				if got[outcome] != n {
					t.Errorf("%d %s, want %d", got[outcome], outcome, n)
				}
			}
			if sink.folders["INBOX"].cursor == nil {
				t.Error("no cursor after a complete run")
			}
			for reason, n := range report.Folders[0].Reasons {
				if n != tt.counts[mailsync.OutcomeSkipped] {
					t.Errorf("%d skipped as %s", n, reason)
				}
			}
		})
	}
}

// A sink that fails, as with a full disk, must find the same work again.
func TestSync_sinkFails(t *testing.T) {
	mails := mailtest.Mails(4, mailtest.Options{Count: 120})
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mails)
	sink := newSink()
	full := errors.New("disk full")
	limits := mailsync.Limits{Headers: 20, Bodies: 6}
	for store := range 40 {
		n := 0
		sink.check = func(mailsync.Batch) error {
			if n++; n > store%4 {
				return full
			}
			return nil
		}
		report, err := mailsync.Sync(t.Context(), account(server), password, sink, mailsync.Options{Scope: "INBOX", Limits: limits})
		if err != nil {
			t.Fatal(err)
		}
		if err := report.Folders[0].Err; err != nil && !errors.Is(err, full) {
			t.Fatal(err)
		}
	}
	if sink.folders["INBOX"].cursor != nil && len(sink.folders["INBOX"].rows) < len(mails) {
		t.Error("the cursor is ahead of the rows")
	}
	sink.check = nil
	mustSync(t, account(server), sink, mailsync.Options{Scope: "INBOX"})
	sink.compare(t, "INBOX", mails)
}

func TestSync_large(t *testing.T) {
	mails := mailtest.Mails(5, mailtest.Options{Count: 40, Files: 1})
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mails)
	sink := newSink()
	// Everything counts as large and is read in tiny chunks.
	limits := mailsync.Limits{WholeMail: 1, Chunk: 700}
	mustSync(t, account(server), sink, mailsync.Options{Scope: "INBOX", Limits: limits})
	sink.compare(t, "INBOX", mails)

	row := sink.folders["INBOX"].rows[1]
	file := row.Message.Attachments[0]
	if file.Bytes() != nil || file.Section == "" {
		t.Fatalf("attachment %+v was fetched", file)
	}
	whole := newSink()
	mustSync(t, account(server), whole, mailsync.Options{Scope: "INBOX"})
	want := whole.folders["INBOX"].rows[1].Message.Attachments[0]
	part := mailsync.Part{
		Folder: "INBOX", UIDValidity: sink.folders["INBOX"].validity, UID: 1,
		Section: file.Section, Encoding: file.Encoding,
	}
	var got strings.Builder
	if err := mailsync.FetchPart(t.Context(), account(server), password, part, &got, limits); err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want.Bytes()) {
		t.Errorf("part %s has %d bytes, want %d", file.Section, got.Len(), len(want.Bytes()))
	}
	if want.Section != file.Section {
		t.Errorf("section %s by structure, %s by parsing", file.Section, want.Section)
	}
	t.Run("moved", func(t *testing.T) {
		part.UIDValidity++
		err := mailsync.FetchPart(t.Context(), account(server), password, part, &got, limits)
		wantFault(t, err, "mail.partMoved")
	})
	t.Run("missing", func(t *testing.T) {
		part.UIDValidity--
		part.UID = 4000
		err := mailsync.FetchPart(t.Context(), account(server), password, part, &got, limits)
		wantFault(t, err, "mail.partMissing")
	})
}

func TestSync_since(t *testing.T) {
	mails := mailtest.Mails(6, mailtest.Options{Count: 200})
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mails)
	sink := newSink()
	since := mails[120].Date
	report := mustSync(t, account(server), sink, mailsync.Options{Scope: "INBOX", Since: since})
	f := report.Folders[0]
	if f.Examined != 200 || f.Skipped == 0 || f.Reasons[mailsync.ReasonBeforeStart] != f.Skipped {
		t.Errorf("report %+v", f)
	}
	for uid, row := range sink.folders["INBOX"].rows {
		date := mails[uid-1].Date
		if row.Outcome == mailsync.OutcomeSkipped && !date.Before(since.Truncate(24*time.Hour)) {
			t.Errorf("mail of %s left out by start %s", date, since)
		}
	}
}

func TestSync_cancelled(t *testing.T) {
	server := mailtest.Serve(t, nil)
	server.Append(t, "INBOX", mailtest.Mails(7, mailtest.Options{Count: 200}))
	ctx, cancel := context.WithCancel(t.Context())
	sink := newSink()
	sink.check = func(mailsync.Batch) error { cancel(); return nil }
	_, err := mailsync.Sync(ctx, account(server), password, sink, mailsync.Options{Limits: mailsync.Limits{Headers: 10}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if len(sink.folders["INBOX"].rows) >= 200 {
		t.Error("it went on")
	}
}

func TestFolders(t *testing.T) {
	server := mailtest.Serve(t, nil)
	server.Create(t, "Entwürfe & Kopien")
	server.Create(t, "Gesendete Objekte")
	folders, err := mailsync.Folders(t.Context(), account(server), password, mailsync.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	roles := map[string]mailsync.Role{}
	for _, f := range folders {
		roles[f.Name] = f.Role
	}
	want := map[string]mailsync.Role{
		"INBOX": mailsync.RoleInbox, "Sent": mailsync.RoleSent, "Drafts": mailsync.RoleDrafts, "Trash": mailsync.RoleTrash,
		"Junk": mailsync.RoleJunk, "Gesendete Objekte": mailsync.RoleSent, "Entwürfe & Kopien": "",
	}
	for name, role := range want {
		if got, ok := roles[name]; !ok || got != role {
			t.Errorf("%s is %q (%t), want %q", name, got, ok, role)
		}
	}
	report, err := mailsync.Sync(t.Context(), account(server), password, newSink(), mailsync.Options{Scope: "inbox, Nirgendwo"})
	if err != nil {
		t.Fatal(err)
	}
	wantFault(t, report.Folders[0].Err, "mail.folderMissing")
	if len(report.Folders) != 2 || report.Folders[1].Name != "INBOX" || report.Folders[1].Err != nil {
		t.Errorf("report %+v", report.Folders)
	}
}
