package transfer_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"kontor/app"
	"kontor/app/record"
	"kontor/app/transfer"
	"kontor/storage"
)

// manyCompanies is a list of n companies as a text file.
func manyCompanies(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Number,Company,Email,Phone,Street,Postcode,City,Country,VAT,Customer since,Revenue,Language\n")
	cities := []string{"Hamburg", "Malmö", "Lyon", "Turin", "Porto", "Gdańsk", "Cork", "Valencia", "Leeds", "Wien"}
	lands := []string{"DE", "SE", "FR", "IT", "PT", "PL", "IE", "ES", "GB", "AT"}
	for i := range n {
		mixed := i * 2654435761 % 1_000_003
		fmt.Fprintf(&b, "C-%06d,%s Trading %d GmbH,info@%d.example,+49 40 %07d,Hafenstraße %d,%05d,%s,%s,DE%09d,20%02d-%02d-%02d,%d.%02d,de\n",
			i, cities[mixed/7%10], i, i, mixed, mixed%200, mixed%99999, cities[mixed%10], lands[mixed%10], i, mixed%26, mixed%12+1, mixed%28+1, mixed, i%100)
	}
	return b.Bytes()
}

const victimRows = 20_000

// victim is the process that is killed: it imports, and says when it has begun.
func victim(dir string) {
	ctx := context.Background()
	a, err := app.Open(ctx, dir, storage.Options{Version: "test"})
	if err != nil {
		panic(err)
	}
	if ctx, _, err = a.AsOwner(ctx); err != nil {
		panic(err)
	}
	s, err := transfer.New(a.DB, a.Records).Open(ctx, "victim.csv", manyCompanies(victimRows), transfer.Options{})
	if err != nil {
		panic(err)
	}
	if err := s.Apply(ctx); err != nil {
		panic(err)
	}
	for {
		state, err := s.State("en")
		if err != nil {
			panic(err)
		}
		if state.Job.Done > 0 {
			fmt.Println("begun")
			select {} // until the kill
		}
		time.Sleep(time.Millisecond)
	}
}

// TestKilledInTheMiddle: what is stored is whole, complete in the history, and
// can be undone; what the dead process left behind goes.
func TestKilledInTheMiddle(t *testing.T) {
	o := newOffice(t)
	dir := o.app.DB.Dir
	if err := o.app.Close(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "TRANSFER_TEST_VICTIM="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 5)); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed

	a, err := app.Open(t.Context(), dir, storage.Options{Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	o.app = a
	o.ctx, _, _ = a.AsOwner(t.Context())
	o.tr = transfer.New(a.DB, a.Records)
	count := func() int {
		n, err := a.Records.Count(o.ctx, a.DB.Reader(), a.Contacts.Company, record.Query{}, victimRows)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	before := count()
	if before == 0 || before == victimRows {
		t.Fatalf("%d of %d rows are stored: it was not killed in the middle", before, victimRows)
	}
	problems, err := a.DB.Check(o.ctx)
	if err != nil || len(problems) > 0 {
		t.Errorf("damage: %v %v", problems, err)
	}
	var batch record.ID
	if err := a.DB.Write(o.ctx, func(tx *storage.Tx) error {
		return tx.GetContext(o.ctx, &batch, "SELECT id FROM history_batch WHERE label = 'victim.csv'")
	}); err != nil {
		t.Fatal(err)
	}
	undone, err := a.History.Undo(o.ctx, batch, false)
	if err != nil || undone.Undone != before || len(undone.Conflicts) > 0 || count() != 0 {
		t.Errorf("undone %d of %d, %d conflicts, %d left: %v", undone.Undone, before, len(undone.Conflicts), count(), err)
	}
	o.importAll("next.csv", customers, transfer.Options{}) // finds no leftovers
}

func TestTenThousandRows(t *testing.T) {
	o := newOffice(t)
	const n = 10_000
	r := o.apply(o.open("big.csv", manyCompanies(n), transfer.Options{}))
	wantCounts(t, r, transfer.Counts{Created: n})
	r = o.apply(o.open("big.csv", manyCompanies(n), transfer.Options{}))
	wantCounts(t, r, transfer.Counts{Unchanged: n})
}

// TestCancel: what is written stays, is told, and can be undone.
func TestCancel(t *testing.T) {
	o := newOffice(t)
	s := o.open("long.csv", manyCompanies(victimRows), transfer.Options{})
	if err := s.Apply(o.ctx); err != nil {
		t.Fatal(err)
	}
	for {
		state, err := s.State("en")
		if err != nil {
			t.Fatal(err)
		}
		if state.Job.Done > 0 {
			break
		}
	}
	s.Cancel()
	state, err := s.State("en")
	if err != nil {
		t.Fatal(err)
	}
	r := state.Job.Result
	if r.Created == 0 || r.Skipped == 0 || r.Created+r.Skipped != victimRows {
		t.Fatalf("after the cancel: %+v", r.Counts)
	}
	if n, err := o.app.Records.Count(o.ctx, o.app.DB.Reader(), o.app.Contacts.Company, record.Query{}, victimRows); n != r.Created || err != nil {
		t.Errorf("%d are stored, %d are told: %v", n, r.Created, err)
	}
	undone, err := o.app.History.Undo(o.ctx, r.Batch, false)
	if err != nil || undone.Undone != r.Created {
		t.Errorf("undone %d of %d: %v", undone.Undone, r.Created, err)
	}
	if err := o.tr.Close(s.ID()); err != nil {
		t.Error(err)
	}
}
