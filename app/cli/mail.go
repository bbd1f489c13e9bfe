package cli

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
)

// passwordVariable gives the password of a mailbox to commands that nobody
// watches.
const passwordVariable = "KONTOR_MAIL_PASSWORD"

type mailCmd struct {
	Add    mailAddCmd    `cmd:"" help:"Add a mailbox."`
	Sync   mailSyncCmd   `cmd:"" help:"Read mailboxes now."`
	Status mailStatusCmd `cmd:"" help:"What became of every mail."`
	List   mailListCmd   `cmd:"" help:"Mails, newest first."`
	Show   mailShowCmd   `cmd:"" help:"One mail."`
}

type mailAddCmd struct {
	Address  string `arg:""`
	IMAP     string `name:"imap" required:"" help:"Server of incoming mail." placeholder:"HOST:PORT"`
	Security string `help:"tls or starttls; by the port when left out." placeholder:"tls|starttls"`
	CA       string `name:"ca" help:"Certificate to trust besides the system's." placeholder:"FILE.pem"`
	User     string `help:"Log-in name, if it is not the address." placeholder:"NAME"`
	Folders  string `help:"auto (inbox and sent), all, or names." placeholder:"auto|all|A,B"`
	Since    string `help:"Leave older mails out." placeholder:"YYYY-MM-DD"`
	Mode     string `help:"Mails with known contacts, or everything." placeholder:"known|everything"`
}

func (cmd mailAddCmd) Run(r *run) error {
	account := map[string]any{"address": cmd.Address, "security": cmd.Security, "user": cmd.User, "folders": cmd.Folders, "since": cmd.Since, "mode": cmd.Mode}
	host, port, err := hostPort(cmd.IMAP)
	if err != nil {
		return err
	}
	account["host"] = host
	if port != 0 {
		account["port"] = port
	}
	if cmd.CA != "" {
		certificate, err := os.ReadFile(cmd.CA)
		if err != nil {
			return fault.Invalid("ca", "mail.caUnreadable", fault.Params{"file": cmd.CA}).Because(err)
		}
		if !strings.Contains(string(certificate), "-----BEGIN CERTIFICATE-----") {
			return fault.Invalid("ca", "mail.caEmpty", fault.Params{"file": cmd.CA})
		}
		account["ca"] = string(certificate)
	}
	if account["password"], err = r.password(cmd.Address); err != nil {
		return err
	}
	return r.with(func(c *client) error {
		var answer struct {
			Account  json.RawMessage `json:"account"`
			Folders  []string        `json:"folders"`
			Password string          `json:"password"`
		}
		if err := c.call(http.MethodPost, "/api/mail/accounts", account, &answer); err != nil {
			return err
		}
		r.answer(answer, func() { fmt.Fprintln(r.Out, r.mailText("added", fault.Params{"address": cmd.Address})) })
		if answer.Password == "file" {
			fmt.Fprintln(r.Err, r.mailText("passwordFile", nil))
		}
		return nil
	})
}

// mailText is a sentence about mail.
func (r *run) mailText(key string, params fault.Params) string {
	return lang.Text(r.language, "mail."+key, params)
}

// hostPort reads HOST:PORT; without a port the usual one is meant, 0.
func hostPort(text string) (string, int, error) {
	wrong := fault.Invalid("imap", "mail.hostForm", fault.Params{"text": text})
	if !strings.Contains(text, ":") {
		return text, 0, nil
	}
	host, digits, err := net.SplitHostPort(text)
	if err != nil || host == "" {
		return "", 0, wrong
	}
	port, err := strconv.Atoi(digits)
	if err != nil {
		return "", 0, wrong
	}
	return host, port, nil
}

// password takes a mailbox's password from the environment, or asks for it
// without showing it where somebody sits. Empty: there was neither.
func (r *run) password(address string) (string, error) {
	if password := r.Env(passwordVariable); password != "" {
		return password, nil
	}
	in, ok := r.In.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) {
		return "", nil
	}
	fmt.Fprint(r.Err, r.mailText("passwordPrompt", fault.Params{"address": address}))
	password, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(r.Err)
	return string(password), err
}

type mailStatus struct {
	Accounts []json.RawMessage `json:"accounts"`
	Error    *problem          `json:"error,omitempty"`
}

// mailAccount is the part of a mailbox's status that people are shown.
type mailAccount struct {
	Address   string
	Error     string
	ErrorCode string
	Progress  struct {
		Folder      string
		Done, Total int
	}
	Folders []mailFolder
}

type mailFolder struct {
	Name, Error                                                                   string
	Server, Seen, Stored, Linked, Waiting, Unlinked, Skipped, Quarantined, Failed int
}

func (s mailStatus) parsed() []mailAccount {
	list := make([]mailAccount, len(s.Accounts))
	for i, raw := range s.Accounts {
		_ = json.Unmarshal(raw, &list[i]) // what the API describes has this shape
	}
	return list
}

// mailTable prints the status for people.
func (r *run) mailTable(s mailStatus) {
	t := r.table("mailbox", "folder", "server", "seen", "linked", "waiting", "unlinked", "skipped", "quarantined", "failed")
	for _, a := range s.parsed() {
		for _, f := range a.Folders {
			cells := []string{a.Address, f.Name}
			for _, n := range []int{f.Server, f.Seen, f.Linked, f.Waiting, f.Unlinked, f.Skipped, f.Quarantined, f.Failed} {
				cells = append(cells, strconv.Itoa(n))
			}
			t.add(cells...)
		}
	}
	t.print()
	for _, a := range s.parsed() {
		if a.Error != "" {
			fmt.Fprintln(r.Err, a.Address+":", a.Error)
		}
	}
}

type mailStatusCmd struct{}

func (mailStatusCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		var s mailStatus
		if err := c.get("/api/mail/status", nil, &s); err != nil {
			return err
		}
		r.answer(s, func() { r.mailTable(s) })
		return nil
	})
}

type mailSyncCmd struct {
	Address string `arg:"" optional:"" help:"All mailboxes when left out."`
	Full    bool   `help:"Compare mail by mail, even where nothing seems new."`
}

// Run syncs where the workspace is open. A password that is missing or refused
// is asked for where somebody sits, and then kept.
func (cmd mailSyncCmd) Run(r *run) error {
	return r.with(func(c *client) error {
		password, typed := r.Env(passwordVariable), false
		var s mailStatus
		for {
			stop := r.watch(c)
			err := c.call(http.MethodPost, "/api/mail/sync", map[string]any{"address": cmd.Address, "full": cmd.Full, "password": password, "keep": typed}, &s)
			stop()
			if err != nil {
				return err
			}
			list := s.parsed()
			if typed || password != "" || len(list) != 1 || list[0].ErrorCode != string(fault.CodeUnauthorized) {
				break
			}
			if password, err = r.password(list[0].Address); err != nil {
				return err
			}
			if typed = true; password == "" {
				break
			}
		}
		r.judge(&s)
		r.answer(s, func() { r.mailTable(s) })
		return nil
	})
}

// judge tells a sync that failed as a whole (1) from one of which something is
// missing (3).
func (r *run) judge(s *mailStatus) {
	failed, whole := 0, 0
	for _, a := range s.parsed() {
		if a.Error == "" {
			continue
		}
		failed++
		if !slices.ContainsFunc(a.Folders, func(f mailFolder) bool { return f.Error == a.Error }) {
			whole++ // no folder says it, so it was the account
			if s.Error == nil {
				s.Error = &problem{Code: a.ErrorCode, Message: a.Error}
			}
		}
	}
	switch {
	case whole > 0 && whole == len(s.Accounts):
		r.status = exitFailed
	case failed > 0:
		r.status, s.Error = exitPartial, nil
	}
}

// watch shows on a terminal how far a sync is, until it is stopped.
func (r *run) watch(c *client) (stop func()) {
	if f, ok := r.Err.(*os.File); !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
			}
			var s mailStatus
			if c.get("/api/mail/status", nil, &s) != nil {
				continue
			}
			for _, a := range s.parsed() {
				if a.Progress.Total > 0 {
					fmt.Fprintf(r.Err, "\r%s %s %d/%d\x1b[K", a.Address, a.Progress.Folder, a.Progress.Done, a.Progress.Total)
				}
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		fmt.Fprint(r.Err, "\r\x1b[K")
	}
}

type mailListCmd struct {
	About string `help:"Only mails on the timeline of this company or person." placeholder:"ID"`
	Limit int    `help:"How many; all when 0." default:"0"`
}

func (cmd mailListCmd) Run(r *run) error {
	const page = 200
	return r.with(func(c *client) error {
		all := listAnswer{Rows: []row{}, Links: map[string]link{}}
		for offset := 0; ; {
			n := page
			if cmd.Limit > 0 {
				n = min(page, cmd.Limit-len(all.Rows))
			}
			var answer struct {
				Rows  []row           `json:"rows"`
				Next  *int            `json:"next"`
				Links map[string]link `json:"links"`
			}
			if err := c.get("/api/mails", url.Values{"about": {cmd.About}, "limit": {strconv.Itoa(n)}, "offset": {strconv.Itoa(offset)}}, &answer); err != nil {
				return err
			}
			all.Rows = append(all.Rows, answer.Rows...)
			for id, l := range answer.Links {
				all.Links[id] = l
			}
			if answer.Next == nil || cmd.Limit > 0 && len(all.Rows) >= cmd.Limit {
				break
			}
			offset = *answer.Next
		}
		r.answer(all, func() { r.rows([]string{"at", "direction", "from", "subject"}, all) })
		return nil
	})
}

type mailShowCmd struct {
	ID   string `arg:""`
	Raw  bool   `help:"The source." xor:"form"`
	Text bool   `help:"Only the text." xor:"form"`
	HTML bool   `name:"html" help:"The page, made safe." xor:"form"`
	Why  bool   `help:"Why it stands on whose timeline." xor:"form"`
}

func (cmd mailShowCmd) Run(r *run) error {
	path := "/api/mails/" + url.PathEscape(cmd.ID)
	return r.with(func(c *client) error {
		switch {
		case cmd.Raw:
			return cmd.raw(r, c, path)
		case cmd.Text:
			return cmd.part(r, c, path, "text")
		case cmd.HTML:
			return cmd.part(r, c, path, "html")
		}
		var d mailDetail
		if err := c.get(path, nil, &d); err != nil {
			return err
		}
		if cmd.Why {
			r.why(cmd.ID, d)
			return nil
		}
		r.answer(d.flat(), func() { r.pairs(d.Record.values, d.Record.keys...) })
		return nil
	})
}

type mailDetail struct {
	Record       row             `json:"record"`
	Participants json.RawMessage `json:"participants"`
	Attachments  json.RawMessage `json:"attachments"`
	Thread       []row           `json:"thread"`
	Links        map[string]link `json:"links"`
}

// flat is the record as show prints it, with its files, its addresses and the
// ids of its conversation.
func (d mailDetail) flat() row {
	ids := []json.RawMessage{}
	for _, r := range d.Thread {
		ids = append(ids, r.values["id"])
	}
	flat := d.Record
	for _, more := range []struct {
		key   string
		value any
	}{{"files", d.Attachments}, {"participants", d.Participants}, {"thread", ids}} {
		text, err := json.Marshal(more.value)
		if err != nil {
			continue // what was JSON a moment ago is still
		}
		flat.keys = append(flat.keys, more.key)
		flat.values[more.key] = text
	}
	return flat
}

// whyLinked is a link with the sentence that explains it.
type whyLinked struct {
	Record  string `json:"record"`
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	Reason  string `json:"reason"`
	Address string `json:"address"`
	Text    string `json:"text"`
}

// why prints a sentence for each link.
func (r *run) why(id string, d mailDetail) {
	reasons := []whyLinked{}
	_ = json.Unmarshal(d.Record.values["links"], &reasons) // what the API describes has this shape
	for i := range reasons {
		row := &reasons[i]
		l := d.Links[row.Record]
		row.Kind, row.Title = l.Kind, l.Title
		row.Text = r.mailText("why."+row.Reason, fault.Params{"title": row.Title, "address": row.Address})
	}
	r.answer(map[string]any{"id": id, "why": reasons}, func() {
		for _, row := range reasons {
			fmt.Fprintln(r.Out, row.Text)
		}
	})
}

// part prints the text or the page of a mail.
func (cmd mailShowCmd) part(r *run, c *client, path, name string) error {
	answer := map[string]any{}
	if err := c.get(path+"/"+name, nil, &answer); err != nil {
		return err
	}
	answer["id"] = cmd.ID
	r.answer(answer, func() { fmt.Fprintln(r.Out, answer[name]) })
	return nil
}

// raw writes the source as it is; as JSON in base64 where it is no UTF-8.
func (cmd mailShowCmd) raw(r *run, c *client, path string) error {
	source, err := c.bytes(path + "/raw")
	if err != nil {
		return err
	}
	document := map[string]any{"id": cmd.ID, "raw": string(source)}
	if !utf8.Valid(source) {
		document["raw"], document["encoding"] = base64.StdEncoding.EncodeToString(source), "base64"
	}
	r.answer(document, func() { _, err = r.Out.Write(source) })
	return err
}
