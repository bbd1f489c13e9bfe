package fault

import (
	"context"
	"errors"
	"strings"
)

// Code tells programs what kind of failure this is. Codes are append-only.
type Code string

// The codes and the HTTP status each becomes at the API.
const (
	CodeInvalid      Code = "invalid"      // 422: the input breaks a rule
	CodeUnauthorized Code = "unauthorized" // 401: nobody is acting
	CodeForbidden    Code = "forbidden"    // 403: this person may not
	CodeNotFound     Code = "not_found"    // 404: there is no such thing
	CodeConflict     Code = "conflict"     // 409: it collides with another thing
	CodeStale        Code = "stale"        // 409: somebody saved in between
	CodeTooLarge     Code = "too_large"    // 413: over a stated limit
	CodeUnavailable  Code = "unavailable"  // 503: outside us; trying later may help
	CodeInternal     Code = "internal"     // 500: our mistake
)

// Params fill the placeholders of a message.
type Params map[string]any

// Error is a failure that a person can be told about.
type Error struct {
	Code   Code
	Field  string // the input it stands beside, such as lines[2].quantity
	Key    string // message in the catalogues, such as storage.diskFull
	Params Params
	Op     string // where it happened, for the log
	Err    error  // hidden cause, for the log
	Detail any    // what a program needs to answer it, such as both versions of a stale save
}

func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(string(e.Code) + " " + e.Key)
	if e.Field != "" {
		b.WriteString(" (" + e.Field + ")")
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the hidden cause.
func (e *Error) Unwrap() error { return e.Err }

// Because attaches the hidden cause.
func (e *Error) Because(err error) *Error { e.Err = err; return e }

// At names the field the fault stands beside.
func (e *Error) At(field string) *Error { e.Field = field; return e }

// New makes a fault of any code.
func New(code Code, key string, params Params) *Error {
	return &Error{Code: code, Key: key, Params: params}
}

// Invalid says that the input in field breaks a rule.
func Invalid(field, key string, params Params) *Error {
	return &Error{Code: CodeInvalid, Field: field, Key: key, Params: params}
}

// NotFound says that there is no such thing.
func NotFound(key string, params Params) *Error { return New(CodeNotFound, key, params) }

// Conflict says that the input collides with something that exists.
func Conflict(field, key string, params Params) *Error {
	return &Error{Code: CodeConflict, Field: field, Key: key, Params: params}
}

// Unavailable says that something outside Kontor failed and why.
func Unavailable(key string, params Params, cause error) *Error {
	return &Error{Code: CodeUnavailable, Key: key, Params: params, Err: cause}
}

// Of finds the first fault in an error's chain; anything else is internal, and
// an ended context is unavailable.
func Of(err error) *Error {
	var f *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return f
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Error{Code: CodeUnavailable, Key: "fault.interrupted", Err: err}
	}
	return &Error{Code: CodeInternal, Key: "fault.internal", Err: err}
}

// All lists every fault joined in an error, in order, so that a form can show
// each beside its field.
func All(err error) []*Error {
	if err == nil {
		return nil
	}
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Error
		for _, e := range many.Unwrap() {
			all = append(all, All(e)...)
		}
		return all
	}
	return []*Error{Of(err)}
}

// Is reports whether an error is a fault of this code.
func Is(err error, code Code) bool { return err != nil && Of(err).Code == code }
