// Package access knows the people who use Kontor and the programs they let in.
//
// Every change carries one of these people. A workspace begins with its owner;
// whoever opens the window or the command line on the same desktop acts as the
// owner, a program acts as the person whose token it sends.
//
// Tables: access_user, access_token. Tokens are kept as SHA-256 only.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// The roles.
const (
	Owner  = "owner"
	Member = "member"
)

// Access keeps users and tokens.
type Access struct {
	Kind *record.Kind
	r    *record.Registry
}

// New registers the kind "user".
func New(r *record.Registry) *Access {
	a := &Access{r: r, Kind: &record.Kind{
		Name: "user", Module: "access", Table: "access_user", TitleKey: "name", Subtitle: "email", Columns: []string{"name", "email", "role"}, SortKey: "name",
		Fields: []record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Personal: true},
			{Key: "email", Type: record.Email, Personal: true},
			{Key: "role", Type: record.Choice, Options: []string{Owner, Member}, Required: true},
		},
	}}
	r.Register(a.Kind)
	return a
}

// User is a person who uses Kontor.
type User struct {
	ID   record.ID `json:"id" db:"id"`
	Name string    `json:"name" db:"name"`
	Role string    `json:"role" db:"role"`
}

// Owner gives the person to whom the workspace belongs.
func (a *Access) Owner(ctx context.Context, q storage.Queryer) (User, error) {
	var u User
	err := sqlx.GetContext(ctx, q, &u, "SELECT id, name, role FROM access_user WHERE role = 'owner' AND deleted_at IS NULL ORDER BY id LIMIT 1")
	if storage.NoRows(err) {
		return u, fault.New(fault.CodeUnauthorized, "rule.noOwner", nil)
	}
	return u, err
}

// tokenPrefix lets people and scanners recognise a leaked token.
const tokenPrefix = "kontor_"

// NewSecret makes a secret that nobody guesses.
func NewSecret() string {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails since Go 1.24
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// Issue makes a token for programs that act as a user. It is shown once; only
// its hash is kept.
func (a *Access) Issue(ctx context.Context, tx *storage.Tx, user record.ID, purpose string) (string, error) {
	token := tokenPrefix + NewSecret()
	_, err := tx.Exec(ctx, "INSERT INTO access_token (hash, user_id, purpose, created_at, expires_at) VALUES ($1, $2, $3, $4, NULL)",
		hash(token), int64(user), purpose, tx.Now)
	if err != nil {
		return "", fmt.Errorf("keep token: %w", err)
	}
	return token, nil
}

// ByToken gives the person as whom a program acts.
func (a *Access) ByToken(ctx context.Context, q storage.Queryer, token string) (User, error) {
	var u User
	err := sqlx.GetContext(ctx, q, &u, `SELECT u.id, u.name, u.role FROM access_token t JOIN access_user u ON u.id = t.user_id
		WHERE t.hash = $1 AND u.deleted_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > $2)`, hash(token), a.r.Clock().UnixMilli())
	if storage.NoRows(err) {
		return u, fault.New(fault.CodeUnauthorized, "rule.badToken", nil)
	}
	return u, err
}

// hash needs no salt and no slowness: the secret has 256 random bits.
func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
