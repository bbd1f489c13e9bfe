package transfer

import (
	"strings"
	"testing"

	"kontor/app"
	"kontor/storage"
)

// headerSets are headers of lists as programs and people write them: kind, titles
// with, after a bar, what they mean ("-" is nothing), and one row of values.
var headerSets = []struct{ kind, titles, values string }{
	{"company", "Name|name;Number|number;City|city", "Falcon GmbH;C-1;Leeds"},
	{"company", "Company|name;Street|street;ZIP|postcode;City|city;Country|country", "Falcon Ltd;High St 1;LS1;Leeds;GB"},
	{"company", "Firma|name;Straße|street;PLZ|postcode;Ort|city;Land|country;Telefon|phone;E-Mail|email;Web|website", ";;;;;;;"},
	{"company", "Firmenname|name;Kd.-Nr.|number;USt-IdNr.|vat;Kunde seit|customerSince;Umsatz (EUR)|revenue", "Falcon GmbH;1;DE123456789;2020-01-01;1"},
	{"company", "KUNDENNUMMER|number;NAME1|name;STRASSE|street;PLZ|postcode;ORT|city;LAND|country", "1;Falcon;A;01067;B;DE"},
	{"company", "Kundennr|number;Unternehmen|name;Anschrift|street;Postleitzahl|postcode;Stadt|city;Bundesland|region", ""},
	{"company", "Customer No.|number;Customer Name|name;Address|street;Town|city;Post Code|postcode;County|region;Telephone|phone", ""},
	{"company", "Account Name|name;Billing Street|street;Billing City|city;Billing State/Province|region;Billing Zip/Postal Code|postcode;Billing Country|country;Phone|phone;Fax|phones.fax;Website|website;Account Number|number;Annual Revenue|revenue", ""},
	{"company", "Record ID|-;Company name|name;Company Domain Name|website;Phone Number|phone;City|city;Country/Region|country;Industry|-", ""},
	{"company", "Organization - Name|name;Organization - Address|street;Organization - Label|-", "Falcon Inc;1 High St;Hot"},
	{"company", "Debitorennummer|number;Firma|name;E-Mail 1|email;E-Mail 2|emails.2;Tel. 1|phone;Tel. 2|phones.2", ""},
	{"company", "Nr.|number;Bezeichnung|name;Ort|city;Homepage|website", "1;Falcon GmbH;Leeds;www.x.example"},
	{"company", "Company|name;Phone|phone;Mobile|phones.mobile;Fax|phones.fax", "Falcon Ltd;1;2;3"},
	{"company", "Company|name;Invoice Email|emails.billing;Email|email", "Falcon Ltd;a@x.example;b@x.example"},
	{"company", "Firma|name;Lieferadresse|addresses.delivery.street;Liefer-PLZ|addresses.delivery.postcode;Lieferort|addresses.delivery.city;Straße|street;PLZ|postcode;Ort|city", ""},
	{"company", "Firma|name;Rechnungsadresse|addresses.billing.street;Rechnungsort|addresses.billing.city;Adresse|street;Ort|city", ""},
	{"company", "Firma|name;Umsatz|revenue;Währung|revenueCurrency;Sprache|language", ""},
	{"company", "Company|name;Company size|-;Industry|-;Employees|-;City|city", "Falcon Ltd;50;Tools;12;Leeds"},
	{"company", "Client|name;Client ID|number;Client Since|customerSince;Turnover|revenue", ""},
	{"company", "Name|name;Customer since|customerSince;VAT number|vat;Currency of the revenue|revenueCurrency;Revenue|revenue", ""},
	{"company", "Name|name;Nummer|number;Straße|street;Postleitzahl|postcode;Ort|city;Umsatz|revenue;Währung des Umsatzes|revenueCurrency", ""},
	{"company", "ID|id;Name|name;Number|number;E-mail|email;E-mails|emails;Addresses|addresses", "05HQ000000000;Falcon;1;a@x.example;;"},
	{"company", "Firmenbezeichnung|name;Telefonnumer|phone;Strase|street", ""},
	{"company", "Firma*|name;E-Mail-Adresse (Pflicht)|email;Telefon Nr|phone", ""},
	{"company", "Kunde|name;Straße/Hausnummer|street;Länderkennzeichen|country;UID-Nummer|vat", ""},
	{"company", "Lieferant|name;PLZ|postcode;Ort|city;Telefax|phones.fax", ""},
	{"company", "Firma|name;Spalte X|website", "Falcon GmbH;https://falcon.example"},
	{"company", "Firma|name;Kontaktweg|email", "Falcon GmbH;info@falcon.example"},
	{"company", "Firma|name;Steuerangabe|vat", "Falcon GmbH;DE123456789"},
	{"company", "Firma|name;Erreichbar unter|phone", "Falcon GmbH;+49 351 4567890"},
	{"person", "First Name|firstName;Last Name|lastName;Email|email", ""},
	{"person", "Vorname|firstName;Nachname|lastName;E-Mail|email;Telefon|phone;Firma|company", ""},
	{"person", "Name|lastName;Vorname|firstName;Geburtstag|birthday", "King;Ada;1990-01-01"},
	{"person", "Anrede|salutation;Titel|title;Vorname|firstName;Nachname|lastName;Funktion|role;Firma|company;Handy|phones.mobile", "Frau;Dr.;Ada;King;Chefin;Falcon;0171"},
	{"person", "Full Name|name;Job Title|role;Company|company;Work Email|emails.work;Mobile Phone|phones.mobile", ""},
	{"person", "Given Name|firstName;Family Name|lastName;E-mail 1 - Value|email;E-mail 2 - Value|emails.2;Phone 1 - Value|phone;Phone 2 - Value|phones.2;Organization 1 - Name|company;Organization 1 - Title|role", ""},
	{"person", "First Name|firstName;Middle Name|-;Last Name|lastName;Organization Name|company;Organization Title|role;Birthday|birthday;E-mail 1 - Value|email;Address 1 - Street|street;Address 1 - City|city;Address 1 - Postal Code|postcode;Address 1 - Country|country;Website 1 - Value|website", ""},
	{"person", "Title|title;First Name|firstName;Last Name|lastName;Suffix|suffix;Company|company;Job Title|role;Business Street|street;Business City|city;Business Postal Code|postcode;Business Country/Region|country;Home Street|addresses.home.street;Home City|addresses.home.city;Business Fax|phones.fax;Business Phone|phones.work;Home Phone|phones.home;Mobile Phone|phones.mobile;E-mail Address|email;E-mail 2 Address|emails.2;Web Page|website", "Dr.;Ada;King;;;;;;;;;;;;;;;;"},
	{"person", "Anrede|salutation;Vorname|firstName;Nachname|lastName;Firma|company;Position|role;Straße geschäftlich|street;Ort geschäftlich|city;Postleitzahl geschäftlich|postcode;Land/Region geschäftlich|country;Straße privat|addresses.home.street;Fax geschäftlich|phones.fax;Telefon geschäftlich|phones.work;Telefon privat|phones.home;Mobiltelefon|phones.mobile;E-Mail-Adresse|email;E-Mail 2: Adresse|emails.2;Webseite|website;Geburtstag|birthday", ""},
	{"person", "Record ID|-;First Name|firstName;Last Name|lastName;Email|email;Phone Number|phone;Contact owner|-;Lifecycle Stage|-;Company name|company;Create Date|-", ""},
	{"person", "Person - Name|name;Person - Organization|company;Person - Email - Work|emails.work;Person - Phone - Mobile|phones.mobile;Person - Owner|-", ""},
	{"person", "Salutation|salutation;First Name|firstName;Last Name|lastName;Title|role;Account Name|company;Mailing Street|street;Mailing City|city;Mailing State/Province|region;Mailing Zip/Postal Code|postcode;Mailing Country|country;Phone|phone;Mobile|phones.mobile;Email|email", "Ms.;Ada;King;CEO;Falcon;;;;;;;;"},
	{"person", "Vorname|firstName;Nachname|lastName;Kundennummer|company.number;Firma|company", "Ada;King;K-1;Falcon"},
	{"person", "Ansprechpartner|name;E-Mail|email;Durchwahl|phones.work;Firma|company", "Ada King;a@x.example;12;Falcon"},
	{"person", "Surname|lastName;Forename|firstName;DOB|birthday;Town|city", ""},
	{"person", "Name|name;Title|title;First name|firstName;Last name|lastName;Role|role;Company|company;Language|language", "Ada King;Dr.;Ada;King;Chef;Falcon;de"},
	{"person", "Name|lastName;Titel|title;Vorname|firstName;Funktion|role;Salutation|salutation", "King;Dr.;Ada;Chefin;Frau"},
	{"person", "Contact Name|name;Contact Email|email;Contact Phone|phone;Employer|company", ""},
	{"person", "First|firstName;Last|lastName;Cell|phones.mobile;Private Email|emails.home", ""},
	{"person", "Vorname|firstName;Familienname|lastName;Geburtsdatum|birthday;Wohnort|city;PLZ|postcode;Strasse|street", ""},
	{"person", "first_name|firstName;last_name|lastName;email_address|email;phone_number|phone;company_name|company;job_title|role", ""},
	{"person", "firstName|firstName;lastName|lastName;jobTitle|role;emailAddress|email;mobilePhone|phones.mobile", ""},
	{"person", "FIRST NAME|firstName;LAST NAME|lastName;E MAIL|email;TEL|phone", ""},
	{"person", "Frist Name|firstName;Last Nmae|lastName;E-mail Adress|email;Phone No|phone", ""},
	{"person", "Vorname|firstName;Nachname|lastName;Newsletter|-;Mail|-;Bemerkung|-", "Ada;King;ja;ja;nett\nBo;Lind;nein;nein;\nCy;Moss;ja;nein;"},
	{"person", "Vorname|firstName;Nachname|lastName;E-Mail|email;E-Mail|emails.2;Telefon|phone;Telefon|phones.2", ""},
	{"person", "Vor- und Nachname|name;Firma|company;PLZ Firma|company.postcode;Ort Firma|company.city;Firmentelefon|company.phone", ""},
	{"person", "Mitarbeiter|name;Arbeitgeber|company;Berufsbezeichnung|role", ""},
	{"person", "Contact Person|name;Business|company;Direct Line|phones.work;Preferred Language|language", ""},
}

func TestGuess(t *testing.T) {
	a, err := app.Create(t.Context(), t.TempDir(), storage.Options{Version: "test"}, app.Start{Company: "Harbor", Currency: "EUR", Country: "DE", Language: "en", Timezone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, set := range headerSets {
		t.Run(set.titles, func(t *testing.T) {
			var heads []head
			var want []string
			for i, pair := range strings.Split(set.titles, ";") {
				title, path, _ := strings.Cut(pair, "|")
				heads, want = append(heads, head{number: i + 1, title: title}), append(want, path)
			}
			for row := range strings.SplitSeq(set.values, "\n") {
				for i, value := range strings.Split(row, ";") {
					if value != "" {
						heads[i].samples = append(heads[i].samples, value)
					}
				}
			}
			kind, matches := guessKind(a.Records, heads, "list.csv")
			if kind.Name != set.kind {
				t.Fatalf("taken for %s, want %s", kind.Name, set.kind)
			}
			got := map[int]string{}
			for _, m := range matches {
				got[m.head.number] = m.target.fieldName()
				if name := m.target.kindName(); name != kind.Name {
					got[m.head.number] = name + "." + got[m.head.number]
				}
			}
			for i, path := range want {
				if is := orElse(got[i+1], "-"); is != path {
					t.Errorf("%s → %s, want %s", heads[i].title, is, path)
				}
			}
		})
	}
	if n := len(headerSets); n < 55 {
		t.Errorf("%d sets of headers only", n)
	}
}
