package history

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"kontor/app/record"
	"kontor/storage"
)

// Coin is the currency of an amount before and after a change.
type Coin struct {
	Before string `json:"before"`
	After  string `json:"after"`
}

// coins says in which currency the amounts of changes are. An amount may change
// without its currency, which is then what the last change before made it, or
// what the first one after found, or what it has always been.
func (h *History) coins(ctx context.Context, q storage.Queryer, changes []Change) error {
	type source struct {
		record record.ID
		key    string
	}
	known := map[source][]coinChange{}
	for i := range changes {
		c := &changes[i]
		k, err := h.r.Kind(c.Kind)
		if err != nil {
			continue // its module is gone; the values stay readable
		}
		for j := range c.Fields {
			field := k.Field(c.Fields[j].Key)
			if field == nil || field.Currency == "" {
				continue
			}
			at := source{c.Record, field.Currency}
			past, ok := known[at]
			if !ok {
				if past, err = coinsOf(ctx, q, k, at.record, at.key); err != nil {
					return fmt.Errorf("currency of %s: %w", at.record, err)
				}
				known[at] = past
			}
			c.Fields[j].Currency = coinAt(past, c.ID)
		}
	}
	return nil
}

// coinChange is a change of a currency; the one without an id is what the record
// has now.
type coinChange struct {
	id record.ID
	Coin
}

// coinsOf reads how the currency of a record changed, oldest first.
func coinsOf(ctx context.Context, q storage.Queryer, k *record.Kind, id record.ID, key string) ([]coinChange, error) {
	var rows []row
	err := sqlx.SelectContext(ctx, q, &rows, "SELECT id, before, after FROM history_change WHERE record_id = $1 AND instr(after, $2) > 0 ORDER BY id", int64(id), `"`+key+`":`)
	if err != nil {
		return nil, err
	}
	var past []coinChange
	for _, r := range rows {
		c, err := r.change()
		if err != nil {
			return nil, err
		}
		for _, f := range c.Fields {
			if f.Key == key {
				past = append(past, coinChange{r.ID, Coin{text(f.Before), text(f.After)}})
			}
		}
	}
	if len(past) > 0 {
		return past, nil
	}
	records, err := k.Load(ctx, q, id)
	if err == nil && len(records) == 1 {
		now := records[0].Values.String(key)
		past = append(past, coinChange{0, Coin{now, now}})
	}
	return past, err
}

func coinAt(past []coinChange, id record.ID) *Coin {
	var at *Coin
	for i := range past {
		switch c := &past[i]; {
		case c.id == id:
			return &c.Coin
		case c.id < id:
			at = &Coin{c.After, c.After}
		case at == nil:
			return &Coin{c.Before, c.Before}
		}
	}
	return at
}

func text(raw json.RawMessage) string {
	s, _ := plain(raw).(string)
	return s
}
