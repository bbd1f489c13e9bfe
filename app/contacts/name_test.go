package contacts_test

import (
	"testing"

	"kontor/app/contacts"
)

func TestSplitName(t *testing.T) {
	for text, want := range map[string]contacts.Name{
		"Ada Lovelace":                    {First: "Ada", Last: "Lovelace"},
		"Lovelace, Ada":                   {First: "Ada", Last: "Lovelace"},
		"Lovelace":                        {Last: "Lovelace"},
		"":                                {},
		"   ":                             {},
		",":                               {},
		"Frau Dr. Ada von Arx":            {Salutation: "ms", Title: "Dr.", First: "Ada", Last: "von Arx"},
		"Herr Prof. Dr. med. Jürgen Groß": {Salutation: "mr", Title: "Prof. Dr. med.", First: "Jürgen", Last: "Groß"},
		"von der Leyen, Ursula":           {First: "Ursula", Last: "von der Leyen"},
		"Ursula von der Leyen":            {First: "Ursula", Last: "von der Leyen"},
		"Dipl.-Ing. Karl Maier":           {Title: "Dipl.-Ing.", First: "Karl", Last: "Maier"},
		"Karl-Heinz Müller-Lüdenscheidt":  {First: "Karl-Heinz", Last: "Müller-Lüdenscheidt"},
		"Herrn Max Mustermann":            {Salutation: "mr", First: "Max", Last: "Mustermann"},
		"Mr. John Smith Jr.":              {Salutation: "mr", First: "John", Last: "Smith", Suffix: "Jr."},
		"John Smith, Jr.":                 {First: "John", Last: "Smith", Suffix: "Jr."},
		"Martin Luther King III":          {First: "Martin Luther", Last: "King", Suffix: "III"},
		"Jane Doe, PhD":                   {First: "Jane", Last: "Doe", Suffix: "PhD"},
		"Jane Q. Public MBA":              {First: "Jane Q.", Last: "Public", Suffix: "MBA"},
		"Mrs Mary Ann Evans":              {Salutation: "ms", First: "Mary Ann", Last: "Evans"},
		"Mx Alex Kim":                     {Salutation: "neutral", First: "Alex", Last: "Kim"},
		"Sir Tim Berners-Lee":             {Title: "Sir", First: "Tim", Last: "Berners-Lee"},
		"Miguel de Cervantes":             {First: "Miguel", Last: "de Cervantes"},
		"Juan de la Cruz":                 {First: "Juan", Last: "de la Cruz"},
		"José Ortega y Gasset":            {First: "José", Last: "Ortega y Gasset"},
		"Señora María del Carmen":         {Salutation: "ms", First: "María", Last: "del Carmen"},
		"Artur da Costa e Silva":          {First: "Artur", Last: "da Costa e Silva"},
		"Vincent van Gogh":                {First: "Vincent", Last: "van Gogh"},
		"Jan van den Berg":                {First: "Jan", Last: "van den Berg"},
		"Dhr. Piet de Vries":              {Salutation: "mr", First: "Piet", Last: "de Vries"},
		"Mme Simone de Beauvoir":          {Salutation: "ms", First: "Simone", Last: "de Beauvoir"},
		"M. Jean Dupont":                  {Salutation: "mr", First: "Jean", Last: "Dupont"},
		"Charles de Gaulle":               {First: "Charles", Last: "de Gaulle"},
		"Leonardo da Vinci":               {First: "Leonardo", Last: "da Vinci"},
		"Signor Marco Della Rovere":       {Salutation: "mr", First: "Marco", Last: "Della Rovere"},
		"Nguyễn Zoë":                      {First: "Nguyễn", Last: "Zoë"},
		"Łukasz Żółć":                     {First: "Łukasz", Last: "Żółć"},
		"Ben O'Brien":                     {First: "Ben", Last: "O'Brien"},
		"Osama bin Said":                  {First: "Osama", Last: "bin Said"},
		"Fernando dos Santos":             {First: "Fernando", Last: "dos Santos"},
		"Αλέξης Ζορμπάς":                  {First: "Αλέξης", Last: "Ζορμπάς"},
		"Анна Каренина":                   {First: "Анна", Last: "Каренина"},
		"山田太郎":                            {Last: "山田太郎"},
		"山田 太郎":                           {First: "山田", Last: "太郎"},
		"Dr":                              {Last: "Dr"},
		"Frau Müller":                     {Salutation: "ms", Last: "Müller"},
		"Dr. Müller":                      {Title: "Dr.", Last: "Müller"},
		"Ma Li":                           {First: "Ma", Last: "Li"},
		"Van Morrison":                    {First: "Van", Last: "Morrison"},
	} {
		if got := contacts.SplitName(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}
