package contacts

import (
	"context"

	"github.com/jmoiron/sqlx"

	"kontor/app/kit/fault"
	"kontor/app/record"
	"kontor/storage"
)

func company() *record.Kind {
	return &record.Kind{
		Name: "company", Module: "contacts", Table: "contacts_company", TitleKey: "name", Subtitle: "city",
		Columns: []string{"name", "number", "city", "country", "phone", "email", "customerSince", "revenue"}, SortKey: "name",
		Fields: fields([]record.Field{
			{Key: "name", Type: record.Text, Required: true, Index: record.Indexed, Find: record.InName, Group: "who"},
			{Key: "number", Type: record.Text, Max: 40, Index: record.Indexed, Find: record.InName, Group: "who"},
		}, reach(false, "work", "billing", "other"), []record.Field{
			{Key: "vat", Type: record.Text, Max: 40, Index: record.Indexed, Fold: foldCode, Find: record.InName, Group: "business"},
			{Key: "customerSince", Type: record.Date, Index: record.Indexed, Group: "business"},
			{Key: "revenue", Type: record.Money, Currency: "revenueCurrency", Index: record.Indexed, Group: "business"},
			{Key: "revenueCurrency", Type: record.Currency, Group: "business"},
			{Key: "language", Type: record.Language, Group: "business"},
		}),
		Check: uniqueNumbers,
	}
}

// uniqueNumbers keeps a customer number to one company. The bin does not count:
// restoring out of it is checked again.
func uniqueNumbers(ctx context.Context, q storage.Queryer, pending []*record.Pending) error {
	byKey := map[string]*record.Pending{}
	var keys []any
	for _, p := range pending {
		key := storage.Fold(p.Values.String("number"))
		if p.Err != nil || key == "" || !p.New() && p.Old.Deleted == 0 && storage.Fold(p.Old.Values.String("number")) == key {
			continue
		}
		if other := byKey[key]; other != nil {
			p.Refuse(numberTaken(p, other.Values.String("name")))
			continue
		}
		byKey[key] = p
		keys = append(keys, key)
	}
	const chunk = 500
	for start := 0; start < len(keys); start += chunk {
		part := keys[start:min(start+chunk, len(keys))]
		var taken []struct {
			ID   record.ID `db:"id"`
			Key  string    `db:"number_key"`
			Name string    `db:"name"`
		}
		err := sqlx.SelectContext(ctx, q, &taken, "SELECT id, number_key, name FROM contacts_company WHERE deleted_at IS NULL AND number_key IN ("+storage.Marks(1, len(part))+")", part...)
		if err != nil {
			return err
		}
		for _, t := range taken {
			if p := byKey[t.Key]; p != nil && p.ID != t.ID {
				p.Refuse(numberTaken(p, t.Name))
			}
		}
	}
	return nil
}

func numberTaken(p *record.Pending, by string) error {
	return fault.Conflict("number", "rule.numberTaken", fault.Params{"number": p.Values.String("number"), "name": by})
}
