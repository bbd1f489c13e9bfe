package api

import (
	"context"
	"mime"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/contacts"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/kit/vcard"
	"kontor/app/record"
)

// maxCards bounds a file of business cards, in bytes; pictures in them are large.
const maxCards = 64 << 20

func (a *API) contacts() {
	handle(a, operation{id: "get-letter", method: http.MethodGet, path: "/api/contacts/{kind}/{id}/letter", summary: "Greeting and envelope of a company or person"}, a.letter)
	handle(a, operation{id: "who-to-call", method: http.MethodGet, path: "/api/contacts/{kind}/{id}/call", summary: "Whom to call at a company, and how; or how to reach a person"}, a.call)
	handle(a, operation{id: "get-around", method: http.MethodGet, path: "/api/contacts/around", summary: "What stands within two steps of a company or person"}, a.around)
	handle(a, operation{id: "get-card", method: http.MethodGet, path: "/api/contacts/{kind}/{id}/vcard", summary: "The business card of a company or person"}, a.card)
	handle(a, operation{id: "get-cards", method: http.MethodGet, path: "/api/contacts/vcard", summary: "The business cards of a list", job: true}, a.cards)
	handle(a, operation{id: "get-chosen-cards", method: http.MethodPost, path: "/api/contacts/{kind}/cards", summary: "The business cards of chosen records", job: true}, a.chosenCards)
	handle(a, operation{id: "take-cards", method: http.MethodPost, path: "/api/contacts/vcard", summary: "Take business cards in as one batch", maxBody: maxCards, job: true}, a.takeCards)
	handle(a, operation{id: "preview-cards", method: http.MethodPost, path: "/api/contacts/vcard/preview", summary: "What taking business cards in would do; nothing is written", maxBody: maxCards, job: true}, a.previewCards)
	handle(a, operation{id: "read-signature", method: http.MethodPost, path: "/api/contacts/paste", summary: "What a pasted signature or address says; nothing is written"}, a.readSignature)
}

// party finds a company or person.
func (a *API) party(ctx context.Context, in RecordPath) (*record.Record, error) {
	k, err := a.partyKind(in.Kind)
	if err != nil {
		return nil, err
	}
	return k.One(ctx, a.app.DB.Reader(), in.ID.ID)
}

// partyKind is company or person: no other kind has a card or gets a letter.
func (a *API) partyKind(name string) (*record.Kind, error) {
	for _, k := range []*record.Kind{a.app.Contacts.Company, a.app.Contacts.Person} {
		if k.Name == name {
			return k, nil
		}
	}
	return nil, fault.NotFound("record.noKind", fault.Params{"kind": record.Shorten(name, 40)})
}

type letterOut struct{ Body contacts.Letter }

func (a *API) letter(ctx context.Context, in *struct {
	RecordPath
	Address  string `query:"address" enum:"post,billing,delivery,home," doc:"type of the address; post when empty"`
	Language string `query:"language" maxLength:"12" doc:"of the greeting; the receiver's when empty"`
},
) (*letterOut, error) {
	rec, err := a.party(ctx, in.RecordPath)
	if err != nil {
		return nil, err
	}
	letter, err := a.app.Contacts.Letter(ctx, a.app.DB.Reader(), rec, in.Address, in.Language)
	return &letterOut{letter}, err
}

type callOut struct{ Body contacts.Call }

func (a *API) call(ctx context.Context, in *RecordPath) (*callOut, error) {
	rec, err := a.party(ctx, *in)
	if err != nil {
		return nil, err
	}
	call, err := a.app.Contacts.Call(ctx, a.app.DB.Reader(), rec)
	return &callOut{call}, err
}

type aroundOut struct{ Body contacts.Around }

func (a *API) around(ctx context.Context, in *struct {
	Record IDParam `query:"record" required:"true"`
},
) (*aroundOut, error) {
	around, err := a.app.Contacts.Around(ctx, a.app.DB.Reader(), in.Record.ID, languageOf(ctx))
	return &aroundOut{around}, err
}

func (a *API) card(ctx context.Context, in *RecordPath) (*huma.StreamResponse, error) {
	rec, err := a.party(ctx, *in)
	if err != nil {
		return nil, err
	}
	cards, err := a.app.Contacts.Cards(ctx, a.app.DB.Reader(), []*record.Record{rec})
	if err != nil {
		return nil, err
	}
	return asCards(rec.Title(), vcard.Write(cards...)), nil
}

func (a *API) cards(ctx context.Context, in *struct {
	Kind  string `query:"kind" required:"true" enum:"company,person"`
	Where string `query:"where" doc:"filter, such as: city = \"Leeds\""`
},
) (*huma.StreamResponse, error) {
	k, err := a.partyKind(in.Kind)
	if err != nil {
		return nil, err
	}
	where, err := record.ParseFilter(in.Where)
	if err != nil {
		return nil, err
	}
	ids, err := a.app.Records.EachID(ctx, a.app.DB.Reader(), k, record.Query{Where: where}, vcard.MaxCards)
	if err != nil {
		return nil, err
	}
	return a.cardsOf(ctx, k, ids)
}

func (a *API) chosenCards(ctx context.Context, in *struct {
	KindPath
	Body Many
},
) (*huma.StreamResponse, error) {
	k, err := a.partyKind(in.Kind)
	if err != nil {
		return nil, err
	}
	ids, err := a.chosen(ctx, k, in.Body)
	if err != nil {
		return nil, err
	}
	if len(ids) > vcard.MaxCards {
		return nil, fault.Invalid("ids", "rule.tooManyCards", fault.Params{"max": vcard.MaxCards})
	}
	return a.cardsOf(ctx, k, ids)
}

// cardsOf answers the cards of records as one file.
func (a *API) cardsOf(ctx context.Context, k *record.Kind, ids []record.ID) (*huma.StreamResponse, error) {
	q := a.app.DB.Reader()
	records, err := k.Load(ctx, q, ids...)
	if err != nil {
		return nil, err
	}
	cards, err := a.app.Contacts.Cards(ctx, q, records)
	if err != nil {
		return nil, err
	}
	return asCards(lang.Text(languageOf(ctx), "contacts.kind."+k.Name+".many", nil), vcard.Write(cards...)), nil
}

func asCards(name string, content []byte) *huma.StreamResponse {
	return &huma.StreamResponse{Body: func(c huma.Context) {
		c.SetHeader("Content-Type", "text/vcard; charset=utf-8")
		c.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".vcf"}))
		_, _ = c.BodyWriter().Write(content) // a client that has gone cannot be told
	}}
}

// TakenOut is the outcome of taking cards in.
type TakenOut struct {
	contacts.Taken
	Problems []CardProblem `json:"problems" doc:"of the cards that failed"`
}

// CardProblem says why a card failed.
type CardProblem struct {
	Line    int    `json:"line" doc:"of the file on which the card begins"`
	Name    string `json:"name"`
	Field   string `json:"field,omitempty"`
	Problem string `json:"problem"`
}

type takenOut struct{ Body TakenOut }

func (a *API) takeCards(ctx context.Context, in *struct {
	Name    string `query:"name" maxLength:"500" doc:"of the file, by which the history calls the batch"`
	Leave   []int  `query:"leave" maxItems:"1000" doc:"lines of the cards that are left out"`
	RawBody []byte `contentType:"application/octet-stream"`
},
) (*takenOut, error) {
	taken, err := a.app.Contacts.TakeCards(ctx, a.app.DB, in.Name, in.RawBody, in.Leave...)
	if err != nil {
		return nil, err
	}
	out := &takenOut{TakenOut{taken, []CardProblem{}}}
	for _, p := range taken.Problems {
		out.Body.Problems = append(out.Body.Problems, CardProblem{p.Line, p.Name, p.Fault.Field, lang.Text(languageOf(ctx), p.Fault.Key, p.Fault.Params)})
	}
	return out, nil
}

// CardRow is one card of a file before it is taken in.
type CardRow struct {
	contacts.CardFound
	Problem string `json:"problem,omitempty" doc:"why a card fails"`
}

type previewOut struct {
	Body struct {
		Cards int       `json:"cards" doc:"of the file"`
		Rows  []CardRow `json:"rows" doc:"the first 1,000"`
	}
}

func (a *API) previewCards(ctx context.Context, in *struct {
	Name    string `query:"name" maxLength:"500" doc:"of the file"`
	RawBody []byte `contentType:"application/octet-stream"`
},
) (*previewOut, error) {
	found, cards, err := a.app.Contacts.PreviewCards(ctx, a.app.DB.Reader(), in.Name, in.RawBody)
	if err != nil {
		return nil, err
	}
	out := &previewOut{}
	out.Body.Cards, out.Body.Rows = cards, []CardRow{}
	for _, f := range found {
		row := CardRow{CardFound: f}
		if f.Fault != nil {
			row.Problem = lang.Text(languageOf(ctx), f.Fault.Key, f.Fault.Params)
		}
		out.Body.Rows = append(out.Body.Rows, row)
	}
	return out, nil
}

type signatureOut struct{ Body contacts.Proposal }

func (a *API) readSignature(ctx context.Context, in *struct {
	Body struct {
		Text string `json:"text"`
	}
},
) (*signatureOut, error) {
	proposal, err := a.app.Contacts.ReadSignature(a.app.Records.Env(ctx), in.Body.Text)
	return &signatureOut{proposal}, err
}
