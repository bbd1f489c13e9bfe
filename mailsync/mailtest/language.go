package mailtest

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// language is how a group of people writes: words, names, charset, and the mark
// of an answer.
type language struct {
	weight  int
	charset string
	code    encoding.Encoding
	reply   string
	names   []string
	words   []string
}

var languages = []language{
	{48, "utf-8", unicode.UTF8, "Re: ", []string{"Ada Baker", "Tom O’Neill", "Zoë Miller", "Priya Shah"}, english},
	{10, "us-ascii", unicode.UTF8, "RE: ", []string{"John Smith", "Mary Jones"}, english[:20]},
	{12, "iso-8859-1", charmap.ISO8859_1, "AW: ", []string{"Jürgen Groß", "Anke Müller", "Sören Weiß"}, german},
	{7, "windows-1252", charmap.Windows1252, "RE : ", []string{"Hélène Brontë", "François Lœuil"}, french},
	{4, "iso-8859-15", charmap.ISO8859_15, "RV: ", []string{"Iñaki Peña", "Lucía Núñez"}, spanish},
	{3, "koi8-r", charmap.KOI8R, "HA: ", []string{"Иван Петров", "Ольга Смирнова"}, russian},
	{3, "windows-1251", charmap.Windows1251, "Отв: ", []string{"Сергей Иванов", "Мария Кузнецова"}, russian},
	{2, "iso-2022-jp", japanese.ISO2022JP, "Re: ", []string{"山田太郎", "鈴木花子"}, japaneseWords},
	{2, "shift_jis", japanese.ShiftJIS, "Re: ", []string{"佐藤健一", "高橋恵子"}, japaneseWords},
	{4, "gb2312", simplifiedchinese.GBK, "回复: ", []string{"王小明", "李娜"}, chinese},
	{2, "big5", traditionalchinese.Big5, "回覆: ", []string{"陳大文", "林美玲"}, []string{"報價", "訂單", "發票", "謝謝", "會議", "明天", "請查收", "產品"}},
	{3, "euc-kr", korean.EUCKR, "RE: ", []string{"김민수", "이영희"}, []string{"견적", "주문", "송장", "감사합니다", "회의", "내일", "확인", "제품"}},
}

var (
	english = []string{
		"order", "invoice", "delivery", "meeting", "tomorrow", "please", "find", "attached", "the", "quotation",
		"for", "your", "project", "thanks", "we", "will", "call", "on", "Monday", "price",
		"naïve", "café", "€120", "–", "“final”",
	}
	german        = []string{"Auftrag", "Rechnung", "Lieferung", "für", "über", "Größe", "Straße", "Angebot", "schöne", "Grüße", "wir", "können", "morgen", "anrufen"}
	french        = []string{"commande", "facture", "livraison", "réunion", "demain", "ci-joint", "œuvre", "société", "très", "cordialement", "prix", "élevé"}
	spanish       = []string{"pedido", "factura", "reunión", "mañana", "señor", "precio", "€", "año", "gracias", "información"}
	russian       = []string{"заказ", "счёт", "доставка", "встреча", "завтра", "пожалуйста", "спасибо", "предложение", "цена", "товар"}
	japaneseWords = []string{"注文", "請求書", "見積", "会議", "明日", "ありがとうございます", "製品", "カタログ", "ご確認"}
	chinese       = []string{"报价", "订单", "发票", "谢谢", "会议", "明天", "请查收", "产品", "价格", "合同"}
)
