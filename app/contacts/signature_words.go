package contacts

import (
	"regexp"
	"strings"

	"kontor/storage"
)

// The words by which lines of a signature are told, folded; German and English,
// and the legal forms that letterheads of the neighbours show.
var (
	legalForm = regexp.MustCompile(`(?i)(?:^|[\s,.])(?:g?gmbh|mbh|ag|kg|kgaa|ohg|ug(?: \(haftungsbeschränkt\))?|gbr|eg|e\.\s?k\.?|e\.\s?kfm?\.?|e\.\s?v\.?|ev|se|partg(?: mbb)?|ltd|limited|llc|llp|inc|incorporated|corp|corporation|plc|s\.?a\.?r\.?l|s\.?a\.?s|s\.a|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|oy|ab|aps|a/s|sp\. z o\.?\s?o|s\.?r\.?o|kft|d\.o\.o)\.?(?:\s*&\s*co\.?\s*(?:kg|ohg|kgaa)?)?\.?$`)

	bodies = set("universitat", "hochschule", "institut", "institute", "university", "college", "school", "schule", "stadtverwaltung", "gemeinde", "ministerium", "ministry",
		"stiftung", "foundation", "verband", "verein", "kanzlei", "praxis", "autohaus", "verlag", "bank", "sparkasse", "krankenhaus", "klinik", "hospital", "hotel")

	roleWords = set("geschaftsfuhrer", "geschaftsfuhrerin", "geschaftsfuhrung", "geschaftsleitung", "inhaber", "inhaberin", "leiter", "leiterin", "leitung", "vorstand", "prokurist", "prokuristin", "assistent", "assistentin", "assistenz",
		"sachbearbeiter", "sachbearbeiterin", "vertrieb", "verkauf", "einkauf", "buchhaltung", "personal", "berater", "beraterin", "ingenieur", "ingenieurin", "entwickler", "entwicklerin", "projektleiter", "projektleiterin",
		"vertriebsleiter", "vertriebsleiterin", "einkaufer", "einkauferin", "grunder", "grunderin", "gesellschafter", "rechtsanwalt", "rechtsanwaltin", "steuerberater", "steuerberaterin", "architekt", "architektin", "techniker", "technikerin",
		"sekretariat", "empfang", "kundenbetreuung", "kundenbetreuer", "kundenbetreuerin", "kundendienst", "meister", "meisterin", "referent", "referentin", "abteilungsleiter", "abteilungsleiterin", "bereichsleiter", "bereichsleiterin",
		"ceo", "cto", "cfo", "coo", "cio", "cmo", "founder", "cofounder", "owner", "president", "vice", "chairman", "director", "head", "manager", "managing", "officer", "chief", "lead", "engineer", "developer", "consultant", "advisor", "adviser",
		"assistant", "sales", "marketing", "accountant", "accounting", "analyst", "architect", "designer", "coordinator", "specialist", "secretary", "executive", "representative", "partner", "procurement", "purchasing", "buyer", "technician", "administrator", "attorney", "lawyer")

	// rest are the first words of lines that say nothing about the sender, or
	// that name others: whoever directs a company stands in its small print.
	rest = []string{
		"mit freundlichen", "freundliche grusse", "freundlichen grussen", "viele grusse", "beste grusse", "herzliche grusse", "liebe grusse", "schone grusse", "mfg", "lg", "gruss", "hochachtungsvoll",
		"best regards", "kind regards", "warm regards", "regards", "best wishes", "all the best", "cheers", "sincerely", "yours", "thanks", "thank you", "many thanks", "vielen dank", "best,", "best",
		"sent from", "von meinem", "gesendet von", "get outlook", "diese e-mail", "diese nachricht", "this e-mail", "this email", "this message", "please consider", "bitte denken", "bitte prufen", "confidential", "vertraulich",
		"amtsgericht", "registergericht", "handelsregister", "hrb", "hra", "sitz der gesellschaft", "sitz:", "geschaftsfuhrer:", "geschaftsfuhrerin:", "geschaftsfuhrung:", "vorstand:", "aufsichtsrat", "registered in", "registered office", "company registration", "company no", "company number", "directors:", "steuernummer", "st.-nr", "iban", "bic", "bank",
	}

	// generic are the mailboxes of a firm, not of one person.
	generic = set("info", "office", "kontakt", "contact", "mail", "email", "hello", "hallo", "sales", "vertrieb", "support", "service", "post", "team", "zentrale", "buero", "buro", "verwaltung", "empfang", "anfrage", "anfragen", "enquiries", "inquiries", "admin", "hr", "jobs", "rechnung", "billing", "buchhaltung", "einkauf", "praxis", "kanzlei")

	streetWord = regexp.MustCompile(`(?i)(?:stra(?:ß|ss)e|str\.|\bstr\b|weg|platz|allee|gasse|ring|ufer|damm|chaussee|steig|kai|hof|markt|berg|graben|promenade|postfach|\bp\.?\s?o\.? box|\bstreet|\bst\b\.?|\broad|\brd\b\.?|\bavenue|\bave\b\.?|\blane|\bdrive|\bdr\b\.|\bsquare|\bway|\bcourt|\bplace|\bboulevard|\bblvd\b\.?|\bquay|\bterrace|\bparkway|\bhighway|\brow\b|\brue |\bvia |\bcalle |\bul\. )`)
	germanDoor = regexp.MustCompile(`^[\p{L}][\p{L}\d.\-'’/ ]*\s\d{1,4}\s?[a-zA-Z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-zA-Z]?)?$`)
	otherDoor  = regexp.MustCompile(`^\d{1,5}[a-zA-Z]?(?:[-–/]\d{1,5})?,?\s+[\p{L}][\p{L}\d.\-'’ ]*$`)
)

func set(words ...string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[w] = true
	}
	return all
}

// says reports whether one of a text's words is among those.
func says(words map[string]bool, text string) bool {
	for _, word := range storage.Terms(text) {
		if words[word] {
			return true
		}
	}
	return false
}

// aside reports whether a line says nothing about who wrote it.
func aside(line string) bool {
	const long = 160 // longer ones are small print
	folded := strings.ReplaceAll(storage.Fold(line), "grüße", "grusse")
	if len([]rune(line)) > long || strings.Trim(folded, "-_=*#~. ") == "" {
		return true
	}
	for _, start := range rest {
		if tail, ok := strings.CutPrefix(folded, start); ok && (tail == "" || !isLetter(tail)) {
			return true
		}
	}
	return false
}

func isLetter(text string) bool { return text[0] >= 'a' && text[0] <= 'z' || text[0] >= 0x80 }

// isCompany reports whether a line reads as the name of an organisation.
func isCompany(line string) bool {
	return legalForm.MatchString(line) || says(bodies, line)
}
