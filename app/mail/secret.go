package mail

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/zalando/go-keyring"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

// service is the name under which the key ring lists our entries.
const service = "kontor"

// Place says where a password is kept.
type Place string

// The places.
const (
	InKeyRing Place = "keyring" // the system's
	InFile    Place = "file"    // encrypted, in the user's configuration folder
	Nowhere   Place = ""
)

// Secrets keeps passwords outside the workspace: in the system's key ring
// (Secret Service, Keychain, Credential Manager). Where there is none, as on a
// server without a desktop, each lies in a file of its own, encrypted by
// AES-256-GCM with a random key in a file beside it, both readable by this user
// only. That keeps a password out of backups and copies of the workspace; it
// does not keep it from who can read all files of this user.
type Secrets struct{ dir string }

// SystemSecrets uses the user's configuration folder.
func SystemSecrets() Secrets { return Secrets{filepath.Join(xdg.ConfigHome, "kontor", "mail")} }

// keyRingTime is how long a key ring may take. A locked one asks the user, who
// may not sit there.
const keyRingTime = 30 * time.Second

var errNoAnswer = errors.New("the key ring does not answer")

// ask calls the key ring, which cannot be cancelled.
func ask(ctx context.Context, call func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := call()
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-time.After(keyRingTime):
	case <-ctx.Done():
	}
	return "", errNoAnswer
}

// Set keeps the password of an account and says where.
func (s Secrets) Set(ctx context.Context, account record.ID, password string) (Place, error) {
	_, err := ask(ctx, func() (string, error) { return "", keyring.Set(service, account.String(), password) })
	if err == nil {
		return InKeyRing, s.remove(account) // one from a time without a key ring
	}
	return InFile, s.write(account, password)
}

// Get gives the password of an account, and Nowhere if there is none.
func (s Secrets) Get(ctx context.Context, account record.ID) (string, Place, error) {
	password, err := ask(ctx, func() (string, error) { return keyring.Get(service, account.String()) })
	if err == nil {
		return password, InKeyRing, nil
	}
	if errors.Is(err, errNoAnswer) {
		return "", Nowhere, fault.Unavailable("mail.keyRingSilent", nil, err)
	}
	password, err = s.read(account)
	if errors.Is(err, fs.ErrNotExist) {
		return "", Nowhere, nil
	}
	return password, InFile, err
}

// Delete forgets the password of an account.
func (s Secrets) Delete(ctx context.Context, account record.ID) error {
	// Without a key ring there is nothing in it.
	_, _ = ask(ctx, func() (string, error) { return "", keyring.Delete(service, account.String()) })
	return s.remove(account)
}

func (s Secrets) file(account record.ID) string { return filepath.Join(s.dir, account.String()) }

func (s Secrets) remove(account record.ID) error {
	if err := os.Remove(s.file(account)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// seal is the cipher; the key is made when it is needed first.
func (s Secrets) seal(create bool) (cipher.AEAD, error) {
	path := filepath.Join(s.dir, "key")
	key, err := os.ReadFile(path)
	if create && errors.Is(err, fs.ErrNotExist) {
		key = make([]byte, 32)
		_, _ = rand.Read(key) // never fails since Go 1.24
		if err = os.MkdirAll(s.dir, 0o700); err == nil {
			err = storage.WriteFile(path, key)
		}
	}
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (s Secrets) write(account record.ID, password string) error {
	seal, err := s.seal(true)
	if err != nil {
		return fmt.Errorf("keep password: %w", err)
	}
	nonce := make([]byte, seal.NonceSize())
	_, _ = rand.Read(nonce) // never fails since Go 1.24
	if err := storage.WriteFile(s.file(account), seal.Seal(nonce, nonce, []byte(password), []byte(account.String()))); err != nil {
		return fmt.Errorf("keep password: %w", err)
	}
	return nil
}

func (s Secrets) read(account record.ID) (string, error) {
	sealed, err := os.ReadFile(s.file(account))
	if err != nil {
		return "", err
	}
	seal, err := s.seal(false)
	if err != nil {
		return "", err
	}
	n := seal.NonceSize()
	if len(sealed) < n {
		return "", fmt.Errorf("read password: %w", io.ErrUnexpectedEOF)
	}
	password, err := seal.Open(nil, sealed[:n:n], sealed[n:], []byte(account.String()))
	if err != nil {
		return "", fmt.Errorf("read password: %w", err)
	}
	return string(password), nil
}
