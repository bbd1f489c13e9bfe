package api

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"kontor/app/record/files"
	"kontor/storage"
)

func (a *API) files() {
	handle(a, operation{id: "add-file", method: http.MethodPost, path: "/api/files", summary: "Keep a file beside a record", status: 201, maxBody: files.MaxSize, job: true}, a.addFile)
	handle(a, operation{id: "get-file", method: http.MethodGet, path: "/api/files/{id}/content", summary: "The content of a file", job: true}, a.getFile)
}

func (a *API) addFile(ctx context.Context, in *struct {
	Name    string  `query:"name" required:"true" maxLength:"500"`
	About   IDParam `query:"about"`
	RawBody []byte  `contentType:"application/octet-stream"`
},
) (*savedOut, error) {
	out := &savedOut{}
	err := a.app.DB.Write(ctx, func(tx *storage.Tx) error {
		c, err := a.app.Files.Add(ctx, tx, in.Name, in.About.ID, bytes.NewReader(in.RawBody))
		if err != nil {
			return err
		}
		out.Body = Saved{Record: Row{c.Record}, Batch: c.Act.Batch, Changed: true}
		out.Body.Links, err = a.app.Records.Links(ctx, tx, c.Record)
		return err
	})
	return out, err
}

// shown are the types a browser may show in place; all else is a download, so
// that a page somebody mailed never runs as one of ours.
var shown = []string{"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}

func (a *API) getFile(ctx context.Context, in *struct {
	ID       IDParam `path:"id"`
	Download bool    `query:"download"`
},
) (*huma.StreamResponse, error) {
	rec, content, err := a.app.Files.Open(ctx, a.app.DB.Reader(), in.ID.ID)
	if err != nil {
		return nil, err
	}
	kind, disposition := rec.Values.String("mime"), "attachment"
	for _, t := range shown {
		if strings.HasPrefix(kind, t) && !in.Download {
			disposition = "inline"
		}
	}
	return &huma.StreamResponse{Body: func(c huma.Context) {
		defer content.Close()
		c.SetHeader("Content-Type", kind)
		c.SetHeader("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": rec.Values.String("name")}))
		c.SetHeader("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
		_, _ = io.Copy(c.BodyWriter(), content) // a client that has gone cannot be told
	}}, nil
}
