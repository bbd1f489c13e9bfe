package api

import (
	"context"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/mail"
	"kontor/app/record"
	"kontor/storage"
)

func (a *API) mail() {
	handle(a, operation{id: "list-mail-accounts", method: http.MethodGet, path: "/api/mail/accounts", summary: "Mailboxes that are read"}, a.mailAccounts)
	handle(a, operation{id: "add-mail-account", method: http.MethodPost, path: "/api/mail/accounts", summary: "Add a mailbox, after signing in to it", status: 201, job: true}, a.addMailAccount)
	handle(a, operation{id: "change-mail-account", method: http.MethodPatch, path: "/api/mail/accounts/{id}", summary: "Change a mailbox; a new way to sign in is tried first", job: true}, a.changeMailAccount)
	handle(a, operation{id: "remove-mail-account", method: http.MethodDelete, path: "/api/mail/accounts/{id}", summary: "Forget a mailbox; mails in histories stay", status: 204, job: true}, a.removeMailAccount)
	handle(a, operation{id: "sync-mail", method: http.MethodPost, path: "/api/mail/sync", summary: "Read mailboxes now", job: true}, a.syncMail)
	handle(a, operation{id: "mail-status", method: http.MethodGet, path: "/api/mail/status", summary: "How mailboxes stand: what became of every mail"}, a.mailStatus)
	handle(a, operation{id: "list-mails", method: http.MethodGet, path: "/api/mails", summary: "Mails on the timeline of a record, or all, newest first"}, a.listMails)
	handle(a, operation{id: "get-mail", method: http.MethodGet, path: "/api/mails/{id}", summary: "A mail with its conversation, the reasons of its links, and its files"}, a.getMail)
	handle(a, operation{id: "get-mail-text", method: http.MethodGet, path: "/api/mails/{id}/text", summary: "All of a mail's text"}, a.mailText)
	handle(a, operation{id: "get-mail-html", method: http.MethodGet, path: "/api/mails/{id}/html", summary: "A mail's page, safe to show", job: true}, a.mailHTML)
	handle(a, operation{id: "get-mail-source", method: http.MethodGet, path: "/api/mails/{id}/raw", summary: "A mail's source; that of a large one is fetched from its server", job: true}, a.mailSource)
	handle(a, operation{id: "get-mail-attachment", method: http.MethodGet, path: "/api/mails/{id}/attachments/{number}", summary: "A file of a mail; that of a large one is fetched from its server", job: true}, a.mailAttachment)
	handle(a, operation{id: "unlink-mail", method: http.MethodPost, path: "/api/mails/{id}/unlink", summary: "Take a mail off the timeline of a record, for good"}, a.unlinkMail)
}

// MailStatus is how a mailbox stands, in the reader's language.
type MailStatus struct {
	ID        record.ID      `json:"id"`
	Address   string         `json:"address"`
	Error     *string        `json:"error" doc:"why the last run failed, or a folder of it"`
	ErrorCode string         `json:"errorCode,omitempty"`
	SyncedAt  *string        `json:"syncedAt" doc:"end of the last run that did not fail"`
	Running   bool           `json:"running"`
	Progress  *mail.Progress `json:"progress,omitempty"`
	Password  mail.Place     `json:"password" doc:"keyring; file, where there is no key ring; or empty"`
	Folders   []MailFolder   `json:"folders"`
}

// MailFolder counts what became of a folder's mails.
type MailFolder struct {
	mail.FolderStatus
	Error *string `json:"error"`
}

func mailStatusOf(ctx context.Context, list []mail.Status) []MailStatus {
	told := func(f *fault.Error) *string {
		if f == nil {
			return nil
		}
		text := lang.Text(languageOf(ctx), f.Key, f.Params)
		return &text
	}
	out := make([]MailStatus, len(list))
	for i, s := range list {
		st := MailStatus{ID: s.Account.ID, Address: s.Account.Address, Running: s.Running != nil, Progress: s.Running, Password: s.Password, Folders: []MailFolder{}}
		failure := s.Fault
		for _, f := range s.Folders {
			if failure == nil {
				failure = f.Fault
			}
			st.Folders = append(st.Folders, MailFolder{f, told(f.Fault)})
		}
		if st.Error = told(failure); failure != nil {
			st.ErrorCode = string(failure.Code)
		}
		if at := s.Account.SyncedAt; at != 0 {
			text := record.InstantText(at)
			st.SyncedAt = &text
		}
		out[i] = st
	}
	return out
}

type mailAccountsOut struct {
	Body struct {
		Accounts []mail.Account `json:"accounts"`
	}
}

func (a *API) mailAccounts(ctx context.Context, _ *struct{}) (*mailAccountsOut, error) {
	out := &mailAccountsOut{}
	var err error
	out.Body.Accounts, err = a.app.Mail.Accounts(ctx)
	return out, err
}

// MailAccountBody is a mailbox as somebody enters it; what is left out stays.
type MailAccountBody struct {
	Address  string  `json:"address,omitempty"`
	Host     *string `json:"host,omitempty"`
	Port     *int    `json:"port,omitempty"`
	Security *string `json:"security,omitempty" doc:"tls or starttls"`
	User     *string `json:"user,omitempty"`
	CA       *string `json:"ca,omitempty" doc:"certificates in PEM to trust besides the system's"`
	Folders  *string `json:"folders,omitempty" doc:"auto, all, or names divided by commas"`
	Since    *string `json:"since,omitempty" doc:"YYYY-MM-DD"`
	Mode     *string `json:"mode,omitempty" doc:"known or everything"`
	Password string  `json:"password,omitempty" doc:"kept in the key ring, never in the workspace"`
	Version  int64   `json:"version,omitempty"`
}

// into puts what was entered into an account.
func (b MailAccountBody) into(to *mail.Account) {
	for _, f := range []struct{ from, into *string }{
		{b.Host, &to.Host}, {b.Security, &to.Security}, {b.User, &to.User}, {b.CA, &to.CA}, {b.Folders, &to.Folders}, {b.Since, &to.Since}, {b.Mode, &to.Mode},
	} {
		if f.from != nil {
			*f.into = *f.from
		}
	}
	if b.Port != nil {
		to.Port = *b.Port
	}
}

type mailAccountOut struct {
	Body struct {
		Account  mail.Account `json:"account"`
		Folders  []string     `json:"folders,omitempty" doc:"what there is to choose from"`
		Password mail.Place   `json:"password,omitempty" doc:"where the password is kept: keyring; or file, where there is no key ring"`
	}
}

func (a *API) addMailAccount(ctx context.Context, in *struct{ Body MailAccountBody }) (*mailAccountOut, error) {
	account := mail.Account{Address: in.Body.Address}
	in.Body.into(&account)
	out := &mailAccountOut{}
	account, folders, place, err := a.app.Mail.Add(ctx, account, in.Body.Password)
	for _, f := range folders {
		if f.Selectable {
			out.Body.Folders = append(out.Body.Folders, f.Name)
		}
	}
	out.Body.Account, out.Body.Password = account, place
	return out, err
}

// MailID names a mailbox or a mail.
type MailID struct {
	ID IDParam `path:"id"`
}

func (a *API) changeMailAccount(ctx context.Context, in *struct {
	MailID
	Body MailAccountBody
},
) (*mailAccountOut, error) {
	account, err := a.app.Mail.Account(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	in.Body.into(&account)
	account.Version = in.Body.Version
	out := &mailAccountOut{}
	out.Body.Account, err = a.app.Mail.Change(ctx, account, in.Body.Password)
	return out, err
}

func (a *API) removeMailAccount(ctx context.Context, in *MailID) (*struct{}, error) {
	return nil, a.app.Mail.Remove(ctx, in.ID.ID)
}

type mailStatusOut struct {
	Body struct {
		Accounts []MailStatus `json:"accounts"`
	}
}

func (a *API) syncMail(ctx context.Context, in *struct {
	Body struct {
		Address  string `json:"address,omitempty" doc:"all mailboxes when empty"`
		Full     bool   `json:"full,omitempty" doc:"compare mail by mail"`
		Password string `json:"password,omitempty" doc:"for this run only, and for one mailbox only"`
		Keep     bool   `json:"keep,omitempty" doc:"keep the password if the run does not fail"`
		Wait     *bool  `json:"wait,omitempty" doc:"false: answer at once; the status tells how far it is"`
	}
},
) (*mailStatusOut, error) {
	req := mail.Request{Address: in.Body.Address, Full: in.Body.Full, Password: in.Body.Password, Keep: in.Body.Keep}
	out := &mailStatusOut{}
	var list []mail.Status
	var err error
	if in.Body.Wait != nil && !*in.Body.Wait {
		if err = a.app.Mail.Start(ctx, req); err == nil {
			list, err = a.app.Mail.Status(ctx)
		}
	} else {
		list, err = a.app.Mail.Sync(ctx, req)
	}
	out.Body.Accounts = mailStatusOf(ctx, list)
	return out, err
}

func (a *API) mailStatus(ctx context.Context, _ *struct{}) (*mailStatusOut, error) {
	list, err := a.app.Mail.Status(ctx)
	out := &mailStatusOut{}
	out.Body.Accounts = mailStatusOf(ctx, list)
	return out, err
}

type mailsOut struct {
	Body struct {
		Rows  []Row `json:"rows"`
		Next  *int  `json:"next" doc:"give it as offset; null at the end"`
		Links Links `json:"links"`
	}
}

func (a *API) listMails(ctx context.Context, in *struct {
	Stretch
	About  IDParam `query:"about" doc:"a company or a person"`
	Offset int     `query:"offset" minimum:"0"`
},
) (*mailsOut, error) {
	records, err := a.someMails(ctx, in.About.ID, in.Limit+1, in.Offset)
	if err != nil {
		return nil, err
	}
	out := &mailsOut{}
	if len(records) > in.Limit {
		records = records[:in.Limit]
		next := in.Offset + in.Limit
		out.Body.Next = &next
	}
	out.Body.Rows = rows(records)
	out.Body.Links, err = a.app.Records.Links(ctx, a.app.DB.Reader(), records...)
	return out, err
}

func (a *API) someMails(ctx context.Context, about record.ID, limit, offset int) ([]*record.Record, error) {
	if about != 0 {
		return a.app.Mail.About(ctx, about, limit, offset)
	}
	page, err := a.app.Records.List(ctx, a.app.DB.Reader(), a.app.Mail.Kind, record.Query{Sort: []string{"-at"}, Limit: limit, Offset: offset})
	return page.Records, err
}

type mailOut struct {
	Body struct {
		Record       Row                `json:"record"`
		Participants []mail.Participant `json:"participants" doc:"all addresses but our own"`
		Attachments  []mail.Attachment  `json:"attachments"`
		Thread       []Row              `json:"thread" doc:"the conversation, oldest first"`
		Links        Links              `json:"links"`
	}
}

func (a *API) getMail(ctx context.Context, in *MailID) (*mailOut, error) {
	d, err := a.app.Mail.Detail(ctx, in.ID.ID)
	if err != nil {
		return nil, err
	}
	out := &mailOut{}
	out.Body.Record, out.Body.Participants, out.Body.Attachments, out.Body.Thread = Row{d.Record}, d.Participants, d.Attachments, rows(d.Thread)
	out.Body.Links, err = a.app.Records.Links(ctx, a.app.DB.Reader(), append(d.Thread, d.Record)...)
	return out, err
}

type mailTextOut struct {
	Body struct {
		Text string `json:"text"`
	}
}

func (a *API) mailText(ctx context.Context, in *MailID) (*mailTextOut, error) {
	out := &mailTextOut{}
	var err error
	out.Body.Text, err = a.app.Mail.Text(ctx, in.ID.ID)
	return out, err
}

type mailHTMLOut struct {
	Body struct {
		HTML    string   `json:"html" doc:"without scripts, forms and style sheets; empty if the mail has only text"`
		Blocked []string `json:"blocked" doc:"pictures of the network that were held back or could not be had"`
	}
}

func (a *API) mailHTML(ctx context.Context, in *struct {
	MailID
	Remote bool `query:"remote" doc:"fetch the pictures of the network and put them into the page, which tells the sender that the mail is read; takes at most 30 seconds"`
},
) (*mailHTMLOut, error) {
	safe, err := a.app.Mail.HTML(ctx, in.ID.ID, in.Remote)
	out := &mailHTMLOut{}
	out.Body.HTML, out.Body.Blocked = safe.HTML, append([]string{}, safe.Blocked...)
	return out, err
}

func (a *API) mailSource(ctx context.Context, in *MailID) (*huma.StreamResponse, error) {
	raw, err := a.app.Mail.Raw(ctx, in.ID.ID)
	return asMailPart("message/rfc822", in.ID.String()+".eml", false, raw), err
}

func (a *API) mailAttachment(ctx context.Context, in *struct {
	MailID
	Number   int  `path:"number"`
	Download bool `query:"download"`
},
) (*huma.StreamResponse, error) {
	file, content, err := a.app.Mail.Attachment(ctx, in.ID.ID, in.Number)
	inline := false
	for _, t := range shown {
		inline = inline || file.MediaType == t && !in.Download
	}
	return asMailPart(file.MediaType, file.Name, inline, content), err
}

// asMailPart answers bytes that somebody else has written: they are never run as
// a page of ours.
func asMailPart(kind, name string, inline bool, content []byte) *huma.StreamResponse {
	disposition := "attachment"
	if inline {
		disposition = "inline"
	}
	if strings.HasPrefix(kind, "text/html") || kind == "" {
		kind = "application/octet-stream"
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", kind)
		c.SetHeader("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": name}))
		c.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
		_, _ = c.BodyWriter().Write(content) // a client that has gone cannot be told
	}}
}

func (a *API) unlinkMail(ctx context.Context, in *struct {
	MailID
	Body struct {
		Record record.ID `json:"record" doc:"the company or person"`
	}
},
) (*mailOut, error) {
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		_, err := a.app.Mail.Unlink(ctx, tx, in.ID.ID, in.Body.Record)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.getMail(ctx, &MailID{in.ID})
}
