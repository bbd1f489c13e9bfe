package storage

import (
	"context"
	"database/sql"
	"sync"

	"github.com/jmoiron/sqlx"
)

// reader is the pool that cannot write, and knows whether anything was written.
type reader struct {
	*sqlx.DB
	watch *watch
}

// watch is a connection that does nothing but ask whether others have written.
type watch struct {
	turn sync.Mutex
	conn *sqlx.Conn
}

// StateOf numbers the state of what q reads: while the number is the same,
// nobody has committed anything, in this process or another. Whoever asks before
// reading has read that state or a later one. A transaction has no number, since
// it sees what only itself has written.
func StateOf(ctx context.Context, q Queryer) (state int64, known bool) {
	r, ok := q.(reader)
	if !ok || r.watch == nil {
		return 0, false
	}
	r.watch.turn.Lock()
	defer r.watch.turn.Unlock()
	// The number means something only beside others of the same connection
	// (https://www.sqlite.org/pragma.html#pragma_data_version).
	err := r.watch.conn.GetContext(ctx, &state, "PRAGMA data_version")
	return state, err == nil
}

// Snapshot lets fn ask several questions of one state of the data, whatever is
// written meanwhile. In a transaction that is so anyway.
func Snapshot(ctx context.Context, q Queryer, fn func(q Queryer) error) error {
	r, ok := q.(reader)
	if !ok {
		return fn(q)
	}
	tx, err := r.BeginTxx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return fn(tx)
}
