package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net/http"
	"path"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"kontor/app"
	"kontor/app/kit/fault"
	"kontor/app/kit/lang"
	"kontor/app/record"
)

// Time limits of one request. Jobs are exempt: they can be cancelled.
const (
	readTime  = 5 * time.Second
	writeTime = 10 * time.Second
)

// API serves an open workspace.
type API struct {
	app  *app.App
	huma huma.API
	mux  *http.ServeMux
	bulk *manyJobs
}

// New makes the handler of a workspace.
func New(a *app.App) *API {
	huma.DefaultArrayNullable = false
	huma.NewErrorWithContext = requestFault
	c := huma.DefaultConfig("Kontor", a.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "/api/openapi", "", "", nil
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	mux := http.NewServeMux()
	api := &API{app: a, mux: mux, huma: humago.New(mux, c)}
	api.about()
	api.records()
	api.many()
	api.lists()
	api.past()
	api.timelines()
	api.find()
	api.settings()
	api.fields()
	api.visits()
	api.files()
	api.safety()
	api.transfer()
	api.sales()
	api.mail()
	api.contacts()
	api.activities()
	mux.HandleFunc("GET /api/docs", api.docs)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, r.Context(), fault.NotFound("fault.noRoute", fault.Params{"path": record.Shorten(r.URL.Path, 80)}))
	})
	return api
}

// schemaName names a type after its module as well, since two modules may use
// the same word.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	module := path.Base(t.PkgPath())
	if t.Name() == "" || module == "api" || module == "." {
		return name
	}
	return strings.ToUpper(module[:1]) + module[1:] + name
}

// OpenAPI describes the operations.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// ServeHTTP answers a request whose actor a door has put into its context.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ctx := withLanguage(r.Context(), lang.Match(r.Header.Get("Accept-Language"), a.app.Settings.Text("language")))
	defer func() {
		if p := recover(); p != nil {
			reference := newReference()
			slog.Error("panic", "ref", reference, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
			writeProblem(w, ctx, &fault.Error{Code: fault.CodeInternal, Key: "fault.internal", Detail: reference})
		}
	}()
	if record.ActOf(ctx).Actor == 0 {
		writeProblem(w, ctx, fault.New(fault.CodeUnauthorized, "fault.unauthorized", nil))
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	a.mux.ServeHTTP(w, r.WithContext(ctx))
}

// Owned lets everybody who reaches the handler act as the owner: the doors that
// only this desktop's user can open.
func (a *API) Owned() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, _, err := a.app.AsOwner(r.Context())
		if err != nil {
			writeProblem(w, r.Context(), err)
			return
		}
		a.ServeHTTP(w, r.WithContext(ctx))
	})
}

type languageKey struct{}

func withLanguage(ctx context.Context, language string) context.Context {
	return context.WithValue(ctx, languageKey{}, language)
}

func languageOf(ctx context.Context) string {
	if language, ok := ctx.Value(languageKey{}).(string); ok {
		return language
	}
	return lang.Fallback
}

// operation describes one operation in short.
type operation struct {
	id, method, path, summary string
	status                    int
	maxBody                   int64 // bytes; 0 is 1 MiB
	job                       bool  // may take long
	raw                       bool  // the module reads the body itself
}

// handle registers an operation and turns its errors into problem details.
func handle[I, O any](a *API, o operation, f func(ctx context.Context, in *I) (*O, error)) {
	limit := readTime
	if o.method != http.MethodGet {
		limit = writeTime
	}
	op := huma.Operation{OperationID: o.id, Method: o.method, Path: o.path, Summary: o.summary, DefaultStatus: o.status, MaxBodyBytes: o.maxBody, SkipValidateBody: o.raw}
	if o.maxBody > 1<<20 {
		op.BodyReadTimeout = 10 * time.Minute
	}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		if !o.job {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, limit)
			defer cancel()
		}
		out, err := f(ctx, in)
		if err != nil {
			return nil, problemOf(ctx, o.id, a.app.DB.Fault(err))
		}
		return out, nil
	})
}

// newReference lets a person quote an entry of the log.
func newReference() string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	return hex.EncodeToString(random[:])
}
