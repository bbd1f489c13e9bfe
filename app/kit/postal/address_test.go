package postal_test

import (
	"strings"
	"testing"

	"kontor/app/kit/postal"
)

// letters are addresses in the forms that the posts of the countries publish,
// written by a sender in Germany: what stands below the name. At home says how
// the same address is printed within its country.
var letters = []struct {
	address  postal.Address
	fromDE   string
	atHome   string
	language string
}{
	{postal.Address{Street: "Heidestraße 17", Postcode: "51147", City: "Köln", Country: "DE"}, "Heidestraße 17|51147 Köln", "", ""},
	{postal.Address{Street: "Hafenstraße 1", Addition: "Hinterhaus", Postcode: "20095", City: "Hamburg", Region: "Hamburg"}, "Hinterhaus|Hafenstraße 1|20095 Hamburg", "", ""},
	{postal.Address{Street: "Rennweg 44", Postcode: "1030", City: "Wien", Country: "AT"}, "Rennweg 44|1030 WIEN|ÖSTERREICH", "Rennweg 44|1030 Wien", "de"},
	{postal.Address{Street: "Bahnhofstrasse 3", Postcode: "8001", City: "Zürich", Country: "CH"}, "Bahnhofstrasse 3|8001 ZÜRICH|SCHWEIZ", "Bahnhofstrasse 3|8001 Zürich", "de"},
	{postal.Address{Street: "Städtle 1", Postcode: "9490", City: "Vaduz", Country: "LI"}, "Städtle 1|9490 VADUZ|LIECHTENSTEIN", "Städtle 1|9490 Vaduz", "de"},
	{postal.Address{Street: "13 rue Robert Stumper", Postcode: "L-2992", City: "Luxembourg", Country: "LU"}, "13 rue Robert Stumper|L-2992 LUXEMBOURG|LUXEMBURG", "13 rue Robert Stumper|L-2992 Luxembourg", "de"},
	{postal.Address{Street: "25 rue de l'Église", Addition: "Bâtiment A", Postcode: "33380", City: "Mios", Country: "FR"}, "Bâtiment A|25 rue de l'Église|33380 MIOS|FRANKREICH", "Bâtiment A|25 rue de l'Église|33380 MIOS", "de"},
	{postal.Address{Street: "Rue du Vivier 7C", Postcode: "1000", City: "Bruxelles", Country: "BE"}, "Rue du Vivier 7C|1000 BRUXELLES|BELGIEN", "Rue du Vivier 7C|1000 BRUXELLES", "de"},
	{postal.Address{Street: "Prinses Beatrixlaan 23", Postcode: "2595 AK", City: "'s-Gravenhage", Country: "NL"}, "Prinses Beatrixlaan 23|2595 AK  'S-GRAVENHAGE|NIEDERLANDE", "Prinses Beatrixlaan 23|2595 AK  'S-GRAVENHAGE", "de"},
	{postal.Address{Street: "IJkade 1", Postcode: "1021 CS", City: "IJmuiden", Country: "NL"}, "IJkade 1|1021 CS  IJMUIDEN|NETHERLANDS", "IJkade 1|1021 CS  IJMUIDEN", "en"},
	{postal.Address{Street: "Nørrebrogade 1", Postcode: "2200", City: "København N", Country: "DK"}, "Nørrebrogade 1|2200 KØBENHAVN N|DÄNEMARK", "Nørrebrogade 1|2200 København N", "de"},
	{postal.Address{Street: "Storgata 5", Postcode: "0155", City: "Oslo", Country: "NO"}, "Storgata 5|0155 OSLO|NORWEGEN", "Storgata 5|0155 OSLO", "de"},
	{postal.Address{Street: "Kungsgatan 12", Postcode: "111 35", City: "Stockholm", Country: "SE"}, "Kungsgatan 12|111 35 STOCKHOLM|SCHWEDEN", "Kungsgatan 12|111 35 STOCKHOLM", "de"},
	{postal.Address{Street: "Mäkelänkatu 25 B 13", Postcode: "00550", City: "Helsinki", Country: "FI"}, "Mäkelänkatu 25 B 13|00550 HELSINKI|FINNLAND", "Mäkelänkatu 25 B 13|00550 HELSINKI", "de"},
	{postal.Address{Street: "Hátún 2B", Postcode: "105", City: "Reykjavík", Country: "IS"}, "Hátún 2B|105 REYKJAVÍK|ISLAND", "Hátún 2B|105 Reykjavík", "de"},
	{postal.Address{Street: "Via Roma 35", Postcode: "81055", City: "Santa Maria Capua Vetere", Region: "CE", Country: "IT"}, "Via Roma 35|81055 SANTA MARIA CAPUA VETERE CE|ITALIEN", "Via Roma 35|81055 SANTA MARIA CAPUA VETERE CE", "de"},
	{postal.Address{Street: "Calle Mayor 3", Addition: "4º izquierda", Postcode: "28013", City: "Madrid", Region: "Madrid", Country: "ES"}, "Calle Mayor 3|4º izquierda|28013 MADRID|SPANIEN", "Calle Mayor 3|4º izquierda|28013 MADRID", "de"},
	{postal.Address{Street: "Avenida da Liberdade 9", Postcode: "1250-144", City: "Lisboa", Country: "PT"}, "Avenida da Liberdade 9|1250-144 LISBOA|PORTUGAL", "Avenida da Liberdade 9|1250-144 LISBOA", "de"},
	{postal.Address{Street: "Kifissias 60", Postcode: "151 25", City: "Maroussi", Country: "GR"}, "Kifissias 60|151 25 MAROUSSI|GRIECHENLAND", "Kifissias 60|151 25 Maroussi", "de"},
	{postal.Address{Street: "ul. Bosmańska 1", Postcode: "81-116", City: "Gdynia", Country: "PL"}, "ul. Bosmańska 1|81-116 GDYNIA|POLEN", "ul. Bosmańska 1|81-116 GDYNIA", "de"},
	{postal.Address{Street: "Vinohradská 12", Postcode: "120 00", City: "Praha 2", Country: "CZ"}, "Vinohradská 12|120 00 PRAHA 2|TSCHECHIEN", "Vinohradská 12|120 00 Praha 2", "de"},
	{postal.Address{Street: "Dobrovičova 10", Postcode: "811 09", City: "Bratislava", Country: "SK"}, "Dobrovičova 10|811 09 BRATISLAVA|SLOWAKEI", "Dobrovičova 10|811 09 BRATISLAVA", "de"},
	{postal.Address{Street: "Slovenska cesta 9", Postcode: "1000", City: "Ljubljana", Country: "SI"}, "Slovenska cesta 9|1000 LJUBLJANA|SLOWENIEN", "Slovenska cesta 9|1000 Ljubljana", "de"},
	{postal.Address{Street: "Ilica 5", Postcode: "10000", City: "Zagreb", Country: "HR"}, "Ilica 5|10000 ZAGREB|KROATIEN", "Ilica 5|10000 Zagreb", "de"},
	{postal.Address{Street: "Honvéd utca 13-15", Postcode: "1055", City: "Budapest", Country: "HU"}, "BUDAPEST|Honvéd utca 13-15|1055|UNGARN", "BUDAPEST|Honvéd utca 13-15|1055", "de"},
	{postal.Address{Street: "Calea Victoriei 2", Postcode: "030025", City: "București", Country: "RO"}, "Calea Victoriei 2|030025 BUCUREȘTI|RUMÄNIEN", "Calea Victoriei 2|030025 București", "de"},
	{postal.Address{Street: "Vitosha Blvd 1", Postcode: "1000", City: "Sofia", Country: "BG"}, "Vitosha Blvd 1|1000 SOFIA|BULGARIEN", "Vitosha Blvd 1|1000 Sofia", "de"},
	{postal.Address{Street: "Brīvības iela 32", Postcode: "LV-1050", City: "Rīga", Country: "LV"}, "Brīvības iela 32|RĪGA, LV-1050|LETTLAND", "Brīvības iela 32|Rīga, LV-1050", "de"},
	{postal.Address{Street: "Gedimino pr. 7", Postcode: "LT-01103", City: "Vilnius", Country: "LT"}, "Gedimino pr. 7|LT-01103 VILNIUS|LITAUEN", "Gedimino pr. 7|LT-01103 VILNIUS", "de"},
	{postal.Address{Street: "Narva mnt 1", Postcode: "10111", City: "Tallinn", Country: "EE"}, "Narva mnt 1|10111 TALLINN|ESTLAND", "Narva mnt 1|10111 Tallinn", "de"},
	{postal.Address{Street: "305 Triq Ir-Repubblika", Postcode: "VLT 1110", City: "Valletta", Country: "MT"}, "305 Triq Ir-Repubblika|VALLETTA VLT 1110|MALTA", "305 Triq Ir-Repubblika|VALLETTA VLT 1110", "de"},
	{postal.Address{Street: "1 Vallance Road", Addition: "Flat 2", Postcode: "N1 9GU", City: "London", Country: "GB"}, "Flat 2|1 Vallance Road|LONDON|N1 9GU|VEREINIGTES KÖNIGREICH", "Flat 2|1 Vallance Road|LONDON|N1 9GU", "de"},
	{postal.Address{Street: "12 Patrick Street", Postcode: "t12 x2y3", City: "Cork", Region: "Co. Cork", Country: "IE"}, "12 Patrick Street|CORK|CO. CORK|T12 X2Y3|IRLAND", "12 Patrick Street|Cork|Co. Cork|T12 X2Y3", "de"},
	{postal.Address{Street: "Atatürk Cad. 7", Postcode: "34433", City: "Beşiktaş", Region: "İstanbul", Country: "TR"}, "Atatürk Cad. 7|34433 BEŞİKTAŞ/İSTANBUL|TURKEY", "Atatürk Cad. 7|34433 Beşiktaş/İstanbul", "en"},
	{postal.Address{Street: "вул. Хрещатик 22", Postcode: "01001", City: "Київ", Country: "UA"}, "вул. Хрещатик 22|КИЇВ|01001|UKRAINE", "вул. Хрещатик 22|Київ|01001", "de"},
	{postal.Address{Street: "1600 Pennsylvania Ave NW", Addition: "Suite 100", Postcode: "20500", City: "Washington", Region: "DC", Country: "US"}, "1600 Pennsylvania Ave NW|Suite 100|WASHINGTON DC 20500|VEREINIGTE STAATEN", "1600 Pennsylvania Ave NW|Suite 100|Washington DC 20500", "de"},
	{postal.Address{Street: "111 Wellington St", Postcode: "K1A 0A9", City: "Ottawa", Region: "ON", Country: "CA"}, "111 Wellington St|OTTAWA ON  K1A 0A9|CANADA", "111 Wellington St|OTTAWA ON  K1A 0A9", "en"},
	{postal.Address{Street: "Av. Paulista 1000", Postcode: "01310-100", City: "São Paulo", Region: "SP", Country: "BR"}, "Av. Paulista 1000|01310-100 SÃO PAULO - SP|BRASILIEN", "Av. Paulista 1000|01310-100 São Paulo - SP", "de"},
	{postal.Address{Street: "Av. Juárez 7", Postcode: "06010", City: "Cuauhtémoc", Region: "CDMX", Country: "MX"}, "Av. Juárez 7|06010 CUAUHTÉMOC, CDMX|MEXIKO", "Av. Juárez 7|06010 Cuauhtémoc, CDMX", "de"},
	{postal.Address{Street: "Sarmiento 151", Postcode: "C1041AAC", City: "Buenos Aires", Country: "AR"}, "Sarmiento 151|C1041AAC BUENOS AIRES|ARGENTINIEN", "Sarmiento 151|C1041AAC Buenos Aires", "de"},
	{postal.Address{Street: "50 Bunda Street", Postcode: "2601", City: "Canberra", Region: "ACT", Country: "AU"}, "50 Bunda Street|CANBERRA ACT 2601|AUSTRALIEN", "50 Bunda Street|CANBERRA ACT 2601", "de"},
	{postal.Address{Street: "7 Waterloo Quay", Postcode: "6011", City: "Wellington", Country: "NZ"}, "7 Waterloo Quay|WELLINGTON 6011|NEUSEELAND", "7 Waterloo Quay|Wellington 6011", "de"},
	{postal.Address{Street: "12 Janpath", Postcode: "110001", City: "New Delhi", Country: "IN"}, "12 Janpath|NEW DELHI 110001|INDIEN", "12 Janpath|New Delhi 110001", "de"},
	{postal.Address{Street: "10 Eunos Road 8", Postcode: "408600", City: "Singapore", Country: "SG"}, "10 Eunos Road 8|SINGAPORE 408600|SINGAPUR", "10 Eunos Road 8|SINGAPORE 408600", "de"},
	{postal.Address{Street: "1 Chater Road", City: "Central", Region: "Hong Kong Island", Country: "HK"}, "1 Chater Road|CENTRAL|HONG KONG ISLAND|SONDERVERWALTUNGSREGION HONGKONG", "1 Chater Road|Central|Hong Kong Island", "de"},
	{postal.Address{Street: "Lorong 3", Postcode: "50670", City: "Kuala Lumpur", Country: "MY"}, "Lorong 3|50670 KUALA LUMPUR|MALAYSIA", "Lorong 3|50670 Kuala Lumpur", "de"},
	{postal.Address{Street: "1-1 Marunouchi", Postcode: "100-0005", City: "Chiyoda-ku", Region: "Tokyo", Country: "JP"}, "1-1 Marunouchi|CHIYODA-KU, TOKYO 100-0005|JAPAN", "1-1 Marunouchi|CHIYODA-KU, TOKYO 100-0005", "de"},
	{postal.Address{Street: "丸の内1-1", Postcode: "100-0005", City: "千代田区", Region: "東京都", Country: "JP"}, "〒100-0005|東京都千代田区|丸の内1-1|JAPAN", "〒100-0005|東京都千代田区|丸の内1-1", "de"},
	{postal.Address{Street: "세종대로 110", Postcode: "04524", City: "중구", Region: "서울특별시", Country: "KR"}, "서울특별시 중구 세종대로 110|04524|SÜDKOREA", "서울특별시 중구 세종대로 110|04524", "de"},
	{postal.Address{Street: "20 Fuxingmen Neidajie", Postcode: "100031", City: "Beijing", Country: "CN"}, "20 Fuxingmen Neidajie|100031 BEIJING|CHINA", "20 Fuxingmen Neidajie|100031 BEIJING", "de"},
	{postal.Address{Street: "497 Main Road", Postcode: "7925", City: "Cape Town", Country: "ZA"}, "497 Main Road|CAPE TOWN|7925|SÜDAFRIKA", "497 Main Road|CAPE TOWN|7925", "de"},
	{postal.Address{Street: "Sheikh Zayed Road 1", City: "Dubai", Country: "AE"}, "Sheikh Zayed Road 1|DUBAI|VEREINIGTE ARABISCHE EMIRATE", "Sheikh Zayed Road 1|Dubai", "de"},
	{postal.Address{Street: "Rua 1", Postcode: "1000", City: "Praia", Country: "CV"}, "Rua 1|1000 PRAIA|CABO VERDE", "Rua 1|1000 Praia", "de"}, // no rule of its own
	{postal.Address{Street: "Somewhere 1", City: "Town", Country: "ZZ"}, "Somewhere 1|TOWN|UNBEKANNTE REGION", "Somewhere 1|Town", "de"},
	{postal.Address{Country: "FR"}, "", "", "de"},
	{postal.Address{Street: " Gate 7 \n\n  Dock\t3 ", City: "Bremen", Country: "DE"}, "Gate 7|Dock 3|Bremen", "", "de"},
	{postal.Address{Postcode: "00100", Country: "IT", Region: "RM"}, "00100 RM|ITALIEN", "00100 RM", "de"},
	{postal.Address{Region: "SP", Country: "BR"}, "SP|BRASILIEN", "SP", "de"},
}

func TestLines(t *testing.T) {
	countries := map[string]bool{}
	for _, l := range letters {
		countries[l.address.Country] = true
		if got := strings.Join(postal.Lines(l.address, "DE", l.language), "|"); got != l.fromDE {
			t.Errorf("from Germany %s\n     want %s", got, l.fromDE)
		}
		if l.address.Country == "" || l.address.Country == "DE" {
			continue
		}
		if got := strings.Join(postal.Lines(l.address, l.address.Country, l.language), "|"); got != l.atHome {
			t.Errorf("at home %s\n   want %s", got, l.atHome)
		}
	}
	if len(countries) < 40 {
		t.Errorf("only %d countries", len(countries))
	}
}

func TestCountryName(t *testing.T) {
	for _, c := range [][3]string{{"FR", "de", "Frankreich"}, {"DE", "fr", "Allemagne"}, {"DE", "", "Germany"}, {"DE", "no such tongue", "Germany"}, {"?", "de", "?"}} {
		if got := postal.CountryName(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %q is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
