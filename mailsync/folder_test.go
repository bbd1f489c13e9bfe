package mailsync

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
)

func TestRoleOf(t *testing.T) {
	tests := []struct {
		name, separator string
		attrs           []imap.MailboxAttr
		want            Role
	}{
		{"inbox", "/", nil, RoleInbox},
		{"Sent Items", "/", nil, RoleSent},
		{"INBOX.Sent", ".", nil, RoleSent},
		{"INBOX/Gesendete Objekte", "/", nil, RoleSent},
		{"Отправленные", "|", nil, RoleSent},
		{"已发送", "/", nil, RoleSent},
		{"送信済みアイテム", "/", nil, RoleSent},
		{"Éléments envoyés", "/", nil, RoleSent},
		{"[Gmail]/Корзина", "/", nil, RoleTrash},
		{"[Gmail]/Todos", "/", nil, RoleAll},
		{"Todos", "/", nil, ""},
		{"Papierkorb", "/", nil, RoleTrash},
		{"Spam", "", nil, RoleJunk},
		{"Projects/Sent", "/", nil, ""},
		{"Sent Bills", "/", nil, ""},
		{"Whatever", "/", []imap.MailboxAttr{`\sent`}, RoleSent},
		{"Sent", "/", []imap.MailboxAttr{`\Archive`}, RoleArchive},
		{"[Gmail]/All Mail", "/", []imap.MailboxAttr{`\HasNoChildren`, `\All`}, RoleAll},
	}
	for _, tt := range tests {
		if got := roleOf(Folder{Name: tt.name, Separator: tt.separator}, tt.attrs); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	seen := map[string]Role{}
	for role, names := range roleNames {
		for _, name := range names {
			if other, double := seen[name]; double && other != role {
				t.Errorf("%q is %s and %s", name, role, other)
			}
			if name != strings.ToLower(name) {
				t.Errorf("%q would never match", name)
			}
			seen[name] = role
		}
	}
}

func TestChoose(t *testing.T) {
	plain := []Folder{
		{Name: "Archive", Role: RoleArchive, Selectable: true},
		{Name: "Sent", Role: RoleSent, Selectable: true},
		{Name: "INBOX", Role: RoleInbox, Selectable: true},
		{Name: "Junk", Role: RoleJunk, Selectable: true},
		{Name: "Roots"},
		{Name: "Drafts", Role: RoleDrafts, Selectable: true},
		{Name: "Work", Selectable: true},
	}
	gmail := []Folder{
		{Name: "INBOX", Role: RoleInbox, Selectable: true},
		{Name: "[Gmail]/All Mail", Role: RoleAll, Selectable: true},
		{Name: "[Gmail]/Sent Mail", Role: RoleSent, Selectable: true},
		{Name: "Label", Selectable: true},
	}
	tests := []struct {
		folders         []Folder
		scope           Scope
		chosen, missing string
	}{
		{plain, "", "INBOX Sent", ""},
		{plain, ScopeAuto, "INBOX Sent", ""},
		{plain, ScopeAll, "INBOX Sent Archive Work", ""},
		{plain, "Work, inbox,Nowhere", "INBOX Work", "Nowhere"},
		{plain, "Roots", "", "Roots"},
		{gmail, ScopeAuto, "INBOX [Gmail]/Sent Mail", ""},
		{gmail, ScopeAll, "[Gmail]/Sent Mail [Gmail]/All Mail", ""},
	}
	for _, tt := range tests {
		chosen, missing := choose(tt.folders, tt.scope)
		var names []string
		for _, f := range chosen {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != tt.chosen || strings.Join(missing, " ") != tt.missing {
			t.Errorf("%s: %s, missing %s", tt.scope, got, missing)
		}
	}
}

// The sets agree with sets kept as maps.
func TestUIDs(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	random := func() (UIDs, map[uint32]bool) {
		have := map[uint32]bool{}
		var list []uint32
		for range rng.IntN(60) {
			n := uint32(rng.IntN(80))
			if rng.IntN(20) == 0 {
				n = 1<<32 - 1 - n%3
			}
			list = append(list, n)
			if n != 0 {
				have[n] = true
			}
		}
		return NewUIDs(list...), have
	}
	same := func(s UIDs, have map[uint32]bool) bool {
		if s.Count() != len(have) {
			return false
		}
		for n := range have {
			if !s.Has(n) {
				return false
			}
		}
		for i := 1; i < len(s); i++ {
			if s[i].First <= s[i-1].Last+1 {
				return false
			}
		}
		return true
	}
	for range 2000 {
		a, inA := random()
		b, inB := random()
		union, minus, both := map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}
		for n := range inA {
			union[n] = true
			if inB[n] {
				both[n] = true
			} else {
				minus[n] = true
			}
		}
		for n := range inB {
			union[n] = true
		}
		if !same(a, inA) || !same(a.Union(b), union) || !same(a.Minus(b), minus) || !same(a.Both(b), both) {
			t.Fatalf("%s and %s: union %s, minus %s, both %s", a, b, a.Union(b), a.Minus(b), a.Both(b))
		}
		n := rng.IntN(20)
		newest := a.newest(n)
		if len(newest) != min(n, len(inA)) || !slices.IsSorted(newest) || !same(NewUIDs(newest...).Union(a), inA) {
			t.Fatalf("newest %d of %s: %v", n, a, newest)
		}
	}
	if got := NewUIDs(7, 1, 2, 3, 0, 3).String(); got != "1:3,7" {
		t.Errorf("%s", got)
	}
	if got := fromSet(imap.UIDSet{{Start: 5, Stop: 9}, {Start: 0, Stop: 0}, {Start: 8, Stop: 12}}).String(); got != "5:12" {
		t.Errorf("%s", got)
	}
}
