package mailsync

import (
	"context"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Folder is a mailbox on the server.
type Folder struct {
	Name        string // in UTF-8, with the server's separator
	Separator   string // "" if the server has no hierarchy
	Role        Role
	Selectable  bool
	UIDValidity uint32 // the figures are 0 while unknown
	UIDNext     uint32
	Messages    uint32
	counted     bool // the figures came with the list
}

// Scope names folders to sync: auto, all, or names divided by commas.
type Scope string

// The named scopes.
const (
	ScopeAuto Scope = "auto" // the inbox and the sent mails
	ScopeAll  Scope = "all"  // everything but junk, trash and drafts
)

// folders lists what there is, with figures where that costs no extra command.
func (s *session) folders(ctx context.Context) ([]Folder, error) {
	var options *imap.ListOptions
	extended := s.caps.Has(imap.CapListExtended) || s.caps.Has(imap.CapIMAP4rev2)
	special := extended && s.caps.Has(imap.CapSpecialUse)
	counts := s.caps.Has(imap.CapListStatus) || s.caps.Has(imap.CapIMAP4rev2)
	if special || counts {
		options = &imap.ListOptions{ReturnSpecialUse: special}
		if counts {
			options.ReturnStatus = statusItems()
		}
	}
	var list []*imap.ListData
	err := s.command(ctx, func() (err error) {
		list, err = s.client.List("", "*", options).Collect()
		return err
	})
	if err != nil {
		return nil, err
	}
	var folders []Folder
	for _, data := range list {
		f := Folder{Name: data.Mailbox, Selectable: true}
		if data.Delim != 0 {
			f.Separator = string(data.Delim)
		}
		f.Role = roleOf(f, data.Attrs)
		for _, attr := range data.Attrs {
			if hasAttr(attr, imap.MailboxAttrNoSelect) || hasAttr(attr, imap.MailboxAttrNonExistent) {
				f.Selectable = false
			}
		}
		if data.Status != nil {
			f.count(data.Status)
		}
		folders = append(folders, f)
	}
	return folders, nil
}

func statusItems() *imap.StatusOptions {
	return &imap.StatusOptions{NumMessages: true, UIDNext: true, UIDValidity: true}
}

// status asks for the figures of one folder.
func (s *session) status(ctx context.Context, f *Folder) error {
	err := s.command(ctx, func() error {
		data, err := s.client.Status(f.Name, statusItems()).Wait()
		if err == nil {
			f.count(data)
		}
		return err
	})
	if err != nil {
		return atFolder(err, f.Name)
	}
	return nil
}

func (f *Folder) count(data *imap.StatusData) {
	f.UIDValidity, f.UIDNext, f.counted = data.UIDValidity, uint32(data.UIDNext), true
	if data.NumMessages != nil {
		f.Messages = *data.NumMessages
	}
}

// choose picks the folders of a scope, the inbox first. missing are names in the
// scope that the server does not have.
func choose(folders []Folder, scope Scope) (chosen []Folder, missing []string) {
	switch scope {
	case ScopeAuto, "":
		for _, f := range folders {
			if f.Selectable && (f.Role == RoleInbox || f.Role == RoleSent) {
				chosen = append(chosen, f)
			}
		}
	case ScopeAll:
		everything := slices.IndexFunc(folders, func(f Folder) bool { return f.Role == RoleAll && f.Selectable })
		for i, f := range folders {
			if !f.Selectable {
				continue
			}
			switch {
			case f.Role == RoleJunk || f.Role == RoleTrash || f.Role == RoleDrafts:
			case everything >= 0 && i != everything && f.Role != RoleSent:
				// Gmail's labels show mails that "All Mail" holds too.
			default:
				chosen = append(chosen, f)
			}
		}
	default:
		for _, name := range strings.Split(string(scope), ",") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			i := slices.IndexFunc(folders, func(f Folder) bool {
				return f.Selectable && (f.Name == name || strings.EqualFold(f.Name, "INBOX") && strings.EqualFold(name, "INBOX"))
			})
			if i < 0 {
				missing = append(missing, name)
				continue
			}
			chosen = append(chosen, folders[i])
		}
	}
	slices.SortStableFunc(chosen, func(a, b Folder) int { return rank(a) - rank(b) })
	return chosen, missing
}

func rank(f Folder) int {
	switch f.Role {
	case RoleInbox:
		return 0
	case RoleSent:
		return 1
	}
	return 2
}
