// Package api is the one HTTP handler of Kontor, which all three doors serve:
// the window in its own process, serve over TCP, the command line in its process
// or through a socket.
//
// Operations are typed and described in OpenAPI 3.1 at /api/openapi.json, for
// people at /api/docs. A request's way: decode, see who is acting, one function
// of a module, one transaction, answer. Faults answer as RFC 9457 problem
// details in the language of the request.
package api
