package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/jmoiron/sqlx"
	"github.com/klauspost/compress/zstd"

	"kontor/app/kit/fault"
)

// inlineBlob is the largest compressed blob that lives in the database, in the
// transaction of what refers to it. Larger ones become files/<hash>.
const inlineBlob = 256 << 10

// readAhead is how much of a blob is tried for inlining.
const readAhead = 4 * inlineBlob

var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true)) // without it nothing packs to NULL
		if err != nil {
			panic(err)
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(64<<20))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// PutBlob keeps bytes under the SHA-256 of their content and says how many
// there were. The same bytes are kept once.
func (tx *Tx) PutBlob(ctx context.Context, r io.Reader) (hash string, size int64, err error) {
	r = &contextReader{ctx, r}
	head, err := io.ReadAll(io.LimitReader(r, readAhead+1))
	if err != nil {
		return "", 0, fmt.Errorf("read blob: %w", err)
	}
	if len(head) <= readAhead {
		packed := encoder().EncodeAll(head, nil)
		if len(packed) <= inlineBlob {
			sum := sha256.Sum256(head)
			hash = hex.EncodeToString(sum[:])
			_, err = tx.Exec(ctx, "INSERT INTO storage_blob (hash, size, data) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING", hash, len(head), packed)
			return hash, int64(len(head)), err
		}
	}
	hash, size, err = tx.putFile(io.MultiReader(bytes.NewReader(head), r))
	if err != nil {
		return "", 0, placeFault(err, tx.db.Dir)
	}
	_, err = tx.Exec(ctx, "INSERT INTO storage_blob (hash, size, data) VALUES ($1, $2, NULL) ON CONFLICT (hash) DO NOTHING", hash, size)
	return hash, size, err
}

// putFile writes a large blob to its file and on to the disk, before the
// transaction that refers to it commits. If that fails, a file that nothing
// refers to is taken away again.
func (tx *Tx) putFile(r io.Reader) (string, int64, error) {
	dir := filepath.Join(tx.db.Dir, filesDir)
	f, err := os.CreateTemp(dir, ".blob-*")
	if err != nil {
		return "", 0, err
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f, sum), r)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	hash := hex.EncodeToString(sum.Sum(nil))
	path := tx.db.blobFile(hash)
	kept, err := os.Stat(path)
	if err == nil && kept.Size() == size {
		return hash, size, os.Remove(f.Name())
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return "", 0, errors.Join(err, os.Remove(f.Name()))
	}
	if kept == nil { // one that was cut short is healed, whatever comes of the transaction
		tx.undo = append(tx.undo, func() { _ = os.Remove(path) })
	}
	return hash, size, syncDir(dir)
}

func (db *DB) blobFile(hash string) string { return filepath.Join(db.Dir, filesDir, hash) }

// Blob opens kept bytes for reading.
func (db *DB) Blob(ctx context.Context, q Queryer, hash string) (io.ReadCloser, error) {
	var row struct {
		Size int64  `db:"size"`
		Data []byte `db:"data"`
	}
	err := sqlx.GetContext(ctx, q, &row, "SELECT size, data FROM storage_blob WHERE hash = $1", hash)
	if NoRows(err) {
		return nil, fault.NotFound("storage.noBlob", nil)
	}
	if err != nil {
		return nil, err
	}
	if row.Data == nil {
		f, err := os.Open(db.blobFile(hash))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.NotFound("storage.lostBlob", fault.Params{"file": db.blobFile(hash)}).Because(err)
		}
		return f, err
	}
	data, err := decoder().DecodeAll(row.Data, make([]byte, 0, row.Size))
	if err != nil {
		return nil, fault.New(fault.CodeConflict, "storage.damaged", fault.Params{"file": db.file(), "dir": db.Dir}).Because(err)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}
