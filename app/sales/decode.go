package sales

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"kontor/app/kit/fault"
)

// maxDocument is what a document may have in bytes of JSON: 10,000 lines with
// 800 bytes each.
const maxDocument = 8 << 20

// DecodeDocument reads a document to be priced from JSON. A field that nobody
// knows, or one of the wrong type, is a fault that names it. What else a whole
// quotation, order or invoice says at its head has no price and is passed over.
func DecodeDocument(r io.Reader) (Document, error) {
	var whole struct {
		Document
		Subject         any `json:"subject"`
		Language        any `json:"language"`
		Company         any `json:"company"`
		Person          any `json:"person"`
		Reference       any `json:"reference"`
		Date            any `json:"date"`
		ValidUntil      any `json:"validUntil"`
		Texts           any `json:"texts"`
		Own             any `json:"own"`
		SupplyDate      any `json:"supplyDate"`
		SupplyPeriod    any `json:"supplyPeriod"`
		BuyerReference  any `json:"buyerReference"`
		OrderNumber     any `json:"orderNumber"`
		DeliveryAddress any `json:"deliveryAddress"`
	}
	if err := decode(r, &whole); err != nil {
		return Document{}, err
	}
	return whole.Document, nil
}

// decode reads one JSON object into a struct. Unlike encoding/json it names the
// whole path of a field that is wrong, such as lines[2].discount.percent, and
// takes names only as they are spelled. The struct is made of structs, lists,
// text, booleans, numbers of type Number, maps that are taken as they are, and any.
func decode(r io.Reader, into any) error {
	data, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err != nil {
		return err
	}
	if len(data) > maxDocument {
		return fault.New(fault.CodeTooLarge, "sales.documentTooLarge", fault.Params{"megabytes": maxDocument >> 20})
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return notJSON(err, decoder.InputOffset())
	}
	if _, err := decoder.Token(); err != io.EOF {
		return notJSON(errors.New("more than one value"), decoder.InputOffset())
	}
	return fill(reflect.ValueOf(into).Elem(), value, "")
}

func notJSON(err error, position int64) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		position = syntax.Offset
	}
	return fault.Invalid("", "sales.notJSON", fault.Params{"position": position}).Because(err)
}

// fill puts a JSON value into a Go one. A null leaves a field as if it were
// missing; in a list it is a mistake.
func fill(into reflect.Value, value any, field string) error {
	switch into := into.Addr().Interface().(type) {
	case *Number:
		return fillNumber(into, value, field)
	case *Tax:
		if _, isObject := value.(map[string]any); !isObject {
			into.alone = true
			return fillNumber(&into.Rate, value, field)
		}
	case *any:
		*into = value
		return nil
	case *map[string]any:
		object, ok := value.(map[string]any)
		if !ok {
			return fault.Invalid(field, "sales.wantsObject", nil)
		}
		*into = object
		return nil
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return fill(into.Elem(), value, field)
	case reflect.String:
		text, ok := value.(string)
		if !ok {
			return fault.Invalid(field, "sales.wantsText", nil)
		}
		into.SetString(text)
	case reflect.Bool:
		yes, ok := value.(bool)
		if !ok {
			return fault.Invalid(field, "sales.wantsYesNo", nil)
		}
		into.SetBool(yes)
	case reflect.Slice:
		list, ok := value.([]any)
		if !ok {
			return fault.Invalid(field, "sales.wantsList", nil)
		}
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for i, element := range list {
			if err := fill(into.Index(i), element, field+"["+strconv.Itoa(i)+"]"); err != nil {
				return err
			}
		}
	case reflect.Struct:
		object, ok := value.(map[string]any)
		if !ok {
			return fault.Invalid(field, "sales.wantsObject", nil)
		}
		return fillFields(into, object, field)
	default:
		panic("sales: no JSON is read into a " + into.Type().String())
	}
	return nil
}

func fillFields(into reflect.Value, object map[string]any, field string) error {
	fields := fieldsOf(into.Type())
	// In the order of the alphabet, so that one document always gets one answer.
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := name
		if field != "" {
			at = field + "." + name
		}
		index, ok := fields[name]
		if !ok {
			return fault.Invalid(at, "sales.unknownField", fault.Params{"name": name})
		}
		if object[name] == nil {
			continue
		}
		if err := fill(into.FieldByIndex(index), object[name], at); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf says where the fields of a type stand, by their names in JSON, those
// of embedded structs among them.
func fieldsOf(t reflect.Type) map[string][]int {
	fields := map[string][]int{}
	for _, f := range reflect.VisibleFields(t) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			fields[name] = f.Index
		}
	}
	return fields
}

func fillNumber(into *Number, value any, field string) error {
	switch value := value.(type) {
	case string:
		*into = Number(value)
	case json.Number:
		*into = Number(withoutExponent(value.String()))
	default:
		return fault.Invalid(field, "sales.wantsNumber", nil)
	}
	return nil
}
