package api

import (
	"context"
	"net/http"

	"kontor/app/kit/lang"
	"kontor/app/record"
	"kontor/storage"
)

func (a *API) safety() {
	handle(a, operation{id: "backup", method: http.MethodPost, path: "/api/backup", summary: "Copy the workspace into one proven file", job: true}, a.backup)
	handle(a, operation{id: "check", method: http.MethodPost, path: "/api/check", summary: "Look for damage", job: true}, a.check)
	handle(a, operation{id: "make-token", method: http.MethodPost, path: "/api/tokens", summary: "Let a program in; the token is shown this once", status: 201}, a.token)
}

type backupOut struct{ Body storage.Backup }

func (a *API) backup(ctx context.Context, in *struct {
	Body struct {
		File string `json:"file,omitempty" doc:"path on this computer; by default in the workspace's folder backups"`
	}
},
) (*backupOut, error) {
	b, err := a.app.DB.Backup(ctx, in.Body.File)
	return &backupOut{b}, err
}

type checkOut struct {
	Body struct {
		OK       bool     `json:"ok"`
		Problems []string `json:"problems"`
	}
}

func (a *API) check(ctx context.Context, _ *struct{}) (*checkOut, error) {
	problems, err := a.app.DB.Check(ctx)
	if err != nil {
		return nil, err
	}
	more, err := a.app.Search.Check(ctx, a.app.DB.Reader())
	out := &checkOut{}
	out.Body.Problems = []string{}
	for _, p := range append(problems, more...) {
		out.Body.Problems = append(out.Body.Problems, lang.Text(languageOf(ctx), p.Key, p.Params))
	}
	out.Body.OK = len(out.Body.Problems) == 0
	return out, err
}

type tokenOut struct {
	Body struct {
		Token string `json:"token"`
	}
}

func (a *API) token(ctx context.Context, in *struct {
	Body struct {
		Purpose string `json:"purpose,omitempty" maxLength:"200"`
	}
},
) (*tokenOut, error) {
	out := &tokenOut{}
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) (err error) {
		out.Body.Token, err = a.app.Access.Issue(ctx, tx, record.ActOf(ctx).Actor, record.Clean(in.Body.Purpose, false))
		return err
	})
	return out, err
}
