package api

import (
	"cmp"
	"html/template"
	"log/slog"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// docsPage lists the operations for people; everything in it comes from the
// same description that programs read.
var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kontor API</title>
<meta name="viewport" content="width=device-width">
<style>
:root{color-scheme:light dark;font:14px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid #8884;padding:.8rem 0}
h2{font-size:1rem;margin:0}code{font:13px ui-monospace,monospace}
.m{display:inline-block;min-width:4rem;font-weight:600}
table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0;vertical-align:top}
</style></head><body>
<h1>Kontor API {{.Version}}</h1>
<p>JSON over HTTP on this computer. Send <code>Authorization: Bearer TOKEN</code> with a token of <code>kontor token</code>.
Faults answer as problem details (RFC 9457) with <code>code</code>, <code>field</code> and a sentence in <code>detail</code>.
The whole description: <a href="/api/openapi.json">openapi.json</a>. The fields of each kind of record: <a href="/api/kinds">kinds</a>.</p>
{{range .Operations}}<article>
<h2><span class="m">{{.Method}}</span> <code>{{.Path}}</code></h2>
<p>{{.Summary}}</p>
{{if .Parameters}}<table>{{range .Parameters}}<tr><td><code>{{.Name}}</code></td><td>{{.In}}</td><td>{{.Text}}</td></tr>{{end}}</table>{{end}}
</article>{{end}}
</body></html>`))

type docsOperation struct {
	Method, Path, Summary string
	Parameters            []docsParameter
}

type docsParameter struct{ Name, In, Text string }

func (a *API) docs(w http.ResponseWriter, _ *http.Request) {
	spec := a.OpenAPI()
	page := struct {
		Version    string
		Operations []docsOperation
	}{Version: a.app.Version}
	for path, item := range spec.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			d := docsOperation{Method: op.Method, Path: path, Summary: op.Summary}
			for _, p := range op.Parameters {
				d.Parameters = append(d.Parameters, docsParameter{p.Name, p.In, p.Description})
			}
			page.Operations = append(page.Operations, d)
		}
	}
	slices.SortFunc(page.Operations, func(x, y docsOperation) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Method, y.Method))
	})
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	if err := docsPage.Execute(w, page); err != nil {
		slog.Warn("docs page", "err", err)
	}
}
