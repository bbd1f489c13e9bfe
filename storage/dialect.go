package storage

import (
	"database/sql/driver"
	"fmt"

	"modernc.org/sqlite"
)

// What SQLite and PostgreSQL say differently.

// registerFunctions gives SQL the functions fold(text) and holds(text, folded),
// for text columns that have no folded key of their own.
func registerFunctions() {
	registerOnce.Do(func() {
		sqlite.MustRegisterDeterministicScalarFunction("fold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			switch v := args[0].(type) {
			case string:
				return Fold(v), nil
			case nil:
				return "", nil
			default:
				return Fold(fmt.Sprint(v)), nil
			}
		})
		sqlite.MustRegisterDeterministicScalarFunction("holds", 2, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			text, _ := args[0].(string)
			folded, _ := args[1].(string)
			return holds(text, folded), nil
		})
	})
}

// FoldSQL folds an expression inside a query.
func FoldSQL(expr string) string { return "fold(" + expr + ")" }

// Contains asks whether an expression contains the text of a placeholder.
func Contains(expr, mark string) string { return "instr(" + expr + ", " + mark + ") > 0" }

// FoldedContains asks whether an expression, folded, contains the folded text of
// a placeholder.
func FoldedContains(expr, mark string) string { return "holds(" + expr + ", " + mark + ")" }

// NoIndex keeps the planner from using an index for this expression: SQLite
// guesses wrong when a filter and a sort compete, and we know the counts
// (https://www.sqlite.org/optoverview.html#uplus).
func NoIndex(expr string) string { return "+" + expr }

// PrefixEnd is the first text behind all that begin with prefix.
func PrefixEnd(prefix string) string { return prefix + "\U0010ffff" }
