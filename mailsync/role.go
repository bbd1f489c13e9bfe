package mailsync

import (
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Role is what a folder is for.
type Role string

// The roles; "" is an ordinary folder.
const (
	RoleInbox   Role = "inbox"
	RoleSent    Role = "sent"
	RoleDrafts  Role = "drafts"
	RoleTrash   Role = "trash"
	RoleJunk    Role = "junk"
	RoleArchive Role = "archive"
	RoleAll     Role = "all"
)

// roleNames are the names that mail programs and providers give their folders
// where the server does not announce roles (RFC 6154), in lower case.
var roleNames = map[Role][]string{
	RoleSent: {
		"sent", "sent items", "sent messages", "sent mail", "sent-mail", "outbox sent",
		"gesendet", "gesendete", "gesendete objekte", "gesendete elemente", "gesendete nachrichten", "postausgang gesendet",
		"envoyés", "messages envoyés", "éléments envoyés", "courrier envoyé", "objets envoyés",
		"enviados", "mensajes enviados", "elementos enviados", "correo enviado", "itens enviados", "mensagens enviadas",
		"inviata", "inviati", "posta inviata", "elementi inviati", "messaggi inviati",
		"verzonden", "verzonden items", "verzonden berichten", "verzonden objecten",
		"skickat", "skickade", "skickade objekt", "sendt", "sendte", "sendte elementer", "sendt post", "sendte element",
		"lähetetyt", "lähetetyt viestit", "wysłane", "elementy wysłane", "odeslané", "odeslaná pošta", "odoslané", "odoslaná pošta",
		"elküldött", "elküldött elemek", "trimise", "elemente trimise", "изпратени", "poslano", "poslane poruke", "послато",
		"отправленные", "исходящие", "надіслані", "відправлені", "απεσταλμένα", "σταλμένα", "gönderilmiş öğeler", "gönderilenler", "gönderilmiş", "gönderilmiş postalar",
		"已发送", "已发送邮件", "已发邮件", "寄件備份", "已傳送的郵件", "寄件備份匣", "送信済み", "送信済みアイテム", "送信済みメール", "보낸 편지함", "보낸편지함", "보낸 메일함",
		"נשלח", "דואר יוצא", "المرسلة", "البريد المرسل", "العناصر المرسلة", "đã gửi", "thư đã gửi", "terkirim", "ส่งแล้ว",
		"saadetud", "nosūtītie", "išsiųsta", "išsiųsti",
	},
	RoleDrafts: {
		"drafts", "draft", "entwürfe", "entwurf", "brouillons", "brouillon", "borradores", "borrador", "rascunhos", "rascunho",
		"bozze", "concepten", "utkast", "kladder", "luonnokset", "szkice", "kopie robocze", "wersje robocze", "koncepty", "rozepsané", "piszkozatok",
		"ciorne", "чернови", "skice", "nacrti", "черновики", "чернетки", "πρόχειρα", "taslaklar",
		"草稿", "草稿箱", "草稿匣", "下書き", "임시 보관함", "임시보관함", "טיוטות", "المسودات", "thư nháp", "konsep", "แบบร่าง", "mustandid", "melnraksti", "juodraščiai",
	},
	RoleTrash: {
		"trash", "deleted", "deleted items", "deleted messages", "bin", "rubbish", "papierkorb", "gelöscht", "gelöschte objekte", "gelöschte elemente",
		"corbeille", "éléments supprimés", "messages supprimés", "papelera", "elementos eliminados", "mensajes eliminados", "lixo", "lixeira", "itens eliminados", "itens excluídos",
		"cestino", "posta eliminata", "elementi eliminati", "prullenbak", "verwijderde items", "papperskorgen", "borttaget", "borttagna objekt", "papirkurv", "slettede elementer", "slettet post", "søppel",
		"roskakori", "poistetut", "kosz", "elementy usunięte", "koš", "odstraněná pošta", "kôš", "odstránená pošta", "törölt elemek", "kuka", "lomtár", "coș de gunoi", "elemente șterse", "кошче", "smeće", "otpad", "koš za smeće",
		"корзина", "удаленные", "удалённые", "кошик", "видалені", "κάδος απορριμμάτων", "διαγραμμένα", "çöp kutusu", "çöp", "silinmiş öğeler",
		"已删除", "已删除邮件", "垃圾桶", "刪除的郵件", "ゴミ箱", "削除済みアイテム", "휴지통", "지운 편지함", "אשפה", "פריטים שנמחקו", "المهملات", "العناصر المحذوفة", "thùng rác", "sampah", "ถังขยะ", "prügikast", "atkritne", "šiukšlinė",
	},
	RoleJunk: {
		"junk", "junk e-mail", "junk email", "junk mail", "spam", "bulk", "bulk mail", "spamverdacht", "werbung", "unerwünscht", "unerwünschte werbung", "junk-e-mail",
		"courrier indésirable", "indésirables", "pourriel", "correo no deseado", "lixo eletrônico", "lixo eletrónico", "posta indesiderata", "ongewenste e-mail", "ongewenst", "skräppost", "uønsket e-post", "uønsket mail", "søppelpost",
		"roskaposti", "niechciane", "wiadomości-śmieci", "wiadomości śmieci", "nevyžádaná pošta", "nevyžiadaná pošta", "levélszemét", "нежелана поща", "neželjena pošta", "bezvrijedna pošta",
		"спам", "нежелательная почта", "небажана пошта", "ανεπιθύμητα", "ανεπιθύμητη αλληλογραφία", "önemsiz", "önemsiz e-posta", "istenmeyen", "istenmeyen posta",
		"垃圾邮件", "垃圾郵件", "迷惑メール", "スパム", "정크 메일", "스팸", "스팸편지함", "דואר זבל", "בריד", "البريد غير الهام", "thư rác", "rämpspost", "surogātpasts", "brukalas",
	},
	RoleArchive: {
		"archive", "archives", "archiv", "archivo", "archivio", "arquivo", "arquivar", "archief", "arkiv", "arkisto", "archiwum", "archív", "archívum", "arhivă", "arhiva", "архив", "архів", "αρχειοθήκη", "arşiv",
		"归档", "存档", "封存", "アーカイブ", "보관함", "보관", "ארכיון", "الأرشيف", "lưu trữ", "arsip", "arhiiv", "arhīvs", "archyvas",
	},
	RoleAll: {
		"all mail", "alle nachrichten", "tous les messages", "todos", "todos los mensajes", "todos os e-mails", "tutti i messaggi", "alle berichten", "alla mail", "all e-post", "alle mails",
		"wszystkie", "вся почта", "όλα τα μηνύματα", "tüm postalar", "所有邮件", "所有郵件", "すべてのメール", "전체보관함",
	},
}

var roleByName = func() map[string]Role {
	byName := map[string]Role{}
	for role, names := range roleNames {
		for _, name := range names {
			byName[name] = role
		}
	}
	return byName
}()

var roleByAttr = map[string]Role{
	`\sent`: RoleSent, `\drafts`: RoleDrafts, `\trash`: RoleTrash, `\junk`: RoleJunk,
	`\archive`: RoleArchive, `\all`: RoleAll, `\inbox`: RoleInbox,
	`\sentmail`: RoleSent, `\spam`: RoleJunk, `\allmail`: RoleAll, // XLIST, which Gmail had before RFC 6154
}

// roleOf tells what a folder is for: by its attributes, else by its name where
// it stands at the top, under the inbox or under a provider's own root.
func roleOf(f Folder, attrs []imap.MailboxAttr) Role {
	if strings.EqualFold(f.Name, "INBOX") {
		return RoleInbox
	}
	for _, attr := range attrs {
		if role := roleByAttr[strings.ToLower(string(attr))]; role != "" {
			return role
		}
	}
	name, parent := strings.ToLower(f.Name), ""
	if i := strings.LastIndex(name, f.Separator); f.Separator != "" && i >= 0 {
		name, parent = name[i+len(f.Separator):], name[:i]
	}
	role := roleByName[strings.TrimSpace(name)]
	switch parent {
	case "[gmail]", "[google mail]":
		return role
	case "", "inbox":
		if role == RoleAll {
			// "Todos" may be anybody's own folder; taken for everything it would
			// hide the others from ScopeAll.
			return ""
		}
		return role
	}
	return ""
}

func hasAttr(attr, want imap.MailboxAttr) bool { return strings.EqualFold(string(attr), string(want)) }
